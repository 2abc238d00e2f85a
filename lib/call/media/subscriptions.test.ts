import { EventEmitter } from "node:events";
import { type Room, RoomEvent, Track } from "livekit-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSubscriptions } from "./subscriptions.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A room in which the server subscribes to everything. */
function scene() {
  const room = Object.assign(new EventEmitter(), { remoteParticipants: new Map<string, object>() });
  const changed = vi.fn();
  const subscriptions = createSubscriptions(room as unknown as Room, changed);
  const subscribed = new Set<string>();
  const join = (name: string, joinedAtMs: number, kind = Track.Kind.Video) => {
    const publication = {
      kind,
      trackSid: name,
      source: kind === Track.Kind.Video ? Track.Source.Camera : Track.Source.Microphone,
      isMuted: false,
      track: undefined,
      isDesired: true,
      setSubscribed(isWanted: boolean) {
        publication.isDesired = isWanted;
        if (isWanted) subscribed.add(name);
        else subscribed.delete(name);
      },
    };
    subscribed.add(name);
    const person = {
      identity: name,
      attributes: { joinedAtMs: String(joinedAtMs) },
      trackPublications: new Map([[name, publication]]),
    };
    room.remoteParticipants.set(name, person);
    return {
      publish: () => room.emit(RoomEvent.TrackPublished, publication, person),
      subscribeAgain: () => void subscribed.add(name),
      receive() {
        subscribed.add(name);
        room.emit(RoomEvent.TrackSubscribed, {}, publication, person);
      },
    };
  };
  const tune = (...watched: string[]) => subscriptions.applyFilter((identity) => watched.includes(identity));
  return { room, join, tune, changed, subscriptions, subscribed: () => [...subscribed].toSorted().join(" ") };
}

test("[N137] on joining keeps only the pictures of the first participants, before any packet arrives", () => {
  const { room, join, subscribed } = scene();
  for (const [index, name] of "jihgfedcba".split("").entries()) join(name, 100 - index);
  join("voice", 500, Track.Kind.Audio);
  room.emit(RoomEvent.SignalConnected);
  expect(subscribed()).toBe("a b c d e f g h voice");
});

test("[N137] keeps them for a while, then drops those without a tile", () => {
  const { room, join, tune, changed, subscriptions, subscribed } = scene();
  join("a", 1);
  join("b", 2);
  room.emit(RoomEvent.SignalConnected);
  subscriptions.settle();
  tune();
  expect(subscribed()).toBe("a b");
  vi.advanceTimersByTime(5_000);
  expect(changed).toHaveBeenCalled();
  tune("a");
  expect(subscribed()).toBe("a");
});

test("[N137] keeps a later picture while there are few participants, or if it has a tile", () => {
  const { room, join, tune, subscribed } = scene();
  room.emit(RoomEvent.SignalConnected);
  for (const [index, name] of "abcdefgh".split("").entries()) join(name, index).publish();
  tune();
  expect(subscribed()).toBe("a b c d e f g h");
  join("i", 100).publish();
  tune();
  expect(subscribed()).toBe("a b c d e f g h");
  tune("i");
  expect(subscribed()).toBe("a b c d e f g h i");
});

test("[N137] drops again what the server subscribed to when the connection came up", () => {
  const { room, join, subscribed } = scene();
  const people = "abcdefghi".split("").map((name, index) => join(name, index));
  room.emit(RoomEvent.SignalConnected);
  for (const person of people) person.subscribeAgain();
  room.emit(RoomEvent.Connected);
  expect(subscribed()).toBe("a b c d e f g h");
});

test("[N137] drops a picture again that the server subscribes to once more", () => {
  const { room, join, tune, subscriptions, subscribed } = scene();
  const [first, last] = "abcdefghi"
    .split("")
    .map((name, index) => join(name, index))
    .filter((_, index) => index % 8 === 0);
  room.emit(RoomEvent.SignalConnected);
  first?.receive();
  last?.receive();
  expect(subscribed()).toBe("a b c d e f g h");
  subscriptions.settle();
  tune("a");
  expect(subscribed()).toBe("a b c d e f g h");
});
