import { type RemoteTrackPublication, type Room, RoomEvent, Track } from "livekit-client";
import { readSeatAttributes } from "#lib/seats/seat-attributes.ts";
import { readTrack, remotePublications } from "../roster/read-participants.ts";
import type { LegTrack } from "../roster/leg-view.ts";

/** Which of a room's tracks this browser receives. */
export type Subscriptions = {
  /** Subscribes to the tracks the filter lets through, and drops the rest. */
  applyFilter: (mayReceive: (identity: string, track: LegTrack) => boolean) => void;
  /** The room is connected; its tiles are drawn soon. */
  settle: () => void;
};

/** The first to join are on the first page of every screen, phones included: their pictures need not wait for tiles. */
const FIRST_PEOPLE = 8;
/** By then, in milliseconds, their tiles are drawn. A picture without a tile is dropped. */
const DRAWN_WITHIN_MS = 2_000;

/**
 * The server subscribes to everything on its own, which saves a round trip and a negotiation. What is not wanted is dropped here
 * before the first packet can arrive.
 *
 * @param changed - Pictures that were subscribed early are filtered like the rest from now on.
 */
export function createSubscriptions(room: Room, changed: () => void): Subscriptions {
  const early = new Set<string>();
  const filterLater = (sids: readonly string[]) =>
    setTimeout(() => {
      for (const sid of sids) early.delete(sid);
      changed();
    }, DRAWN_WITHIN_MS);

  room.once(RoomEvent.SignalConnected, () => {
    const first = firstPeople(room);
    for (const { identity, publication } of remotePublications(room)) {
      if (publication.kind !== Track.Kind.Video) continue;
      if (first.has(identity)) early.add(publication.trackSid);
      else publication.setSubscribed(false);
    }
  });
  room.on(RoomEvent.TrackPublished, ({ kind, trackSid }, { identity }) => {
    if (kind !== Track.Kind.Video || !firstPeople(room).has(identity)) return;
    early.add(trackSid);
    filterLater([trackSid]);
  });
  // The server subscribes once more when a participant's connection is up, and so undoes what was dropped before (LiveKit 1.13, rtc/room.go).
  const dropAgain = (publication: RemoteTrackPublication) => publication.isDesired || publication.setSubscribed(false);
  room.once(RoomEvent.Connected, () => remotePublications(room).forEach(({ publication }) => dropAgain(publication)));
  room.on(RoomEvent.TrackSubscribed, (_track, publication) => void dropAgain(publication));
  const isEarly = ({ trackSid }: RemoteTrackPublication) => early.has(trackSid);
  return {
    applyFilter(mayReceive) {
      for (const { identity, publication } of remotePublications(room)) {
        const owner = room.remoteParticipants.get(identity);
        const [track] = owner ? readTrack(owner, publication) : [];
        const isWanted = track !== undefined && (mayReceive(identity, track) || isEarly(publication));
        if (publication.isDesired !== isWanted) publication.setSubscribed(isWanted);
      }
    },
    settle: () => void filterLater([...early]),
  };
}

/** In the order of tiles. */
function firstPeople(room: Room): ReadonlySet<string> {
  const people = [...room.remoteParticipants.values()].map(({ identity, attributes }) => ({
    identity,
    joinedAtMs: Number(readSeatAttributes(attributes).joinedAtMs),
  }));
  const inOrder = people.toSorted(
    (left, right) => left.joinedAtMs - right.joinedAtMs || (left.identity < right.identity ? -1 : 1),
  );
  return new Set(inOrder.slice(0, FIRST_PEOPLE).map(({ identity }) => identity));
}
