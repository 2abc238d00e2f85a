import { type RemoteTrackPublication, type Room, RoomEvent, Track } from "livekit-client";
import { SeatAttributes } from "#lib/seats/seat-schema.ts";
import { readTrack, remotePublications } from "../roster/read-participants.ts";
import type { LegTrack } from "../roster/leg-view.ts";

/** Which of a room's tracks come to this browser. */
export type Subscriptions = {
  /** Asks for what is welcome, and drops the rest, also what was welcome before. */
  tune: (mayReach: (identity: string, track: LegTrack) => boolean) => void;
  /** The room is connected, and its people are drawn soon. */
  settle: () => void;
};

/** Those who were here first stand on the first page of every screen, a phone's too: their pictures need not wait for tiles. */
const FIRST_PEOPLE = 8;
/** By then, in milliseconds, their tiles are drawn; a picture that has none is dropped. */
const DRAWN_WITHIN_MS = 2_000;

/**
 * The server subscribes everything by itself, which saves a round trip and a negotiation where it is wanted; what is not wanted is
 * dropped here before the first packet can come.
 *
 * @param changed - A picture that was taken ahead is judged like the rest from now on.
 */
export function createSubscriptions(room: Room, changed: () => void): Subscriptions {
  const ahead = new Set<string>();
  const judgeLater = (sids: readonly string[]) =>
    setTimeout(() => {
      for (const sid of sids) ahead.delete(sid);
      changed();
    }, DRAWN_WITHIN_MS);

  room.once(RoomEvent.SignalConnected, () => {
    const first = firstPeople(room);
    for (const { identity, publication } of remotePublications(room)) {
      if (publication.kind !== Track.Kind.Video) continue;
      if (first.has(identity)) ahead.add(publication.trackSid);
      else publication.setSubscribed(false);
    }
  });
  room.on(RoomEvent.TrackPublished, ({ kind, trackSid }, { identity }) => {
    if (kind !== Track.Kind.Video || !firstPeople(room).has(identity)) return;
    ahead.add(trackSid);
    judgeLater([trackSid]);
  });
  const isAhead = ({ trackSid }: RemoteTrackPublication) => ahead.has(trackSid);
  return {
    tune(mayReach) {
      for (const { identity, publication } of remotePublications(room)) {
        const owner = room.remoteParticipants.get(identity);
        const [track] = owner ? readTrack(owner, publication) : [];
        const isWanted = track !== undefined && (mayReach(identity, track) || isAhead(publication));
        if (publication.isDesired !== isWanted) publication.setSubscribed(isWanted);
      }
    },
    settle: () => void judgeLater([...ahead]),
  };
}

/** In the order in which tiles stand. */
function firstPeople(room: Room): ReadonlySet<string> {
  const people = [...room.remoteParticipants.values()].map(({ identity, attributes }) => ({
    identity,
    joinedAtMs: Number(SeatAttributes.parse(attributes).joinedAtMs),
  }));
  const inOrder = people.toSorted(
    (left, right) => left.joinedAtMs - right.joinedAtMs || (left.identity < right.identity ? -1 : 1),
  );
  return new Set(inOrder.slice(0, FIRST_PEOPLE).map(({ identity }) => identity));
}
