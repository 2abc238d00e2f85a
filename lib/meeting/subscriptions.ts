import { type RemoteTrackPublication, type Room, RoomEvent, Track } from "livekit-client";
import { readTrack, remotePublications } from "./leg-people.ts";
import type { LegTrack } from "./leg-view.ts";

/** Which of a room's tracks come to this browser. */
export type Subscriptions = {
  /** Asks for what is welcome, and drops the rest, also what was welcome before. */
  tune: (mayReach: (identity: string, track: LegTrack) => boolean) => void;
  /** The room is connected and its people are on the screen soon. */
  settle: () => void;
};

/**
 * So many pictures are asked for before there is a screen to show them on: those who were here first stand on the first page of
 * every screen. Asking only once their tiles are drawn would cost each join a round trip.
 */
const FIRST_PICTURES = 4;
/** By then, in milliseconds, their tiles are drawn; a picture that has none is dropped. */
const DRAWN_WITHIN_MS = 2_000;

/** @param changed - What was asked for ahead is judged like the rest from now on. */
export function createSubscriptions(room: Room, changed: () => void): Subscriptions {
  const ahead = new Set<string>();
  room.once(RoomEvent.SignalConnected, () => {
    for (const publication of firstOf(room)) {
      ahead.add(publication.trackSid);
      publication.setSubscribed(true);
    }
  });
  return {
    tune(mayReach) {
      for (const { identity, publication } of remotePublications(room)) {
        const owner = room.remoteParticipants.get(identity);
        const [track] = owner ? readTrack(owner, publication) : [];
        const isWanted = track !== undefined && (mayReach(identity, track) || isAhead(publication));
        if (publication.isDesired !== isWanted) publication.setSubscribed(isWanted);
      }
    },
    settle() {
      setTimeout(() => {
        ahead.clear();
        changed();
      }, DRAWN_WITHIN_MS);
    },
  };

  function isAhead({ trackSid, kind }: RemoteTrackPublication): boolean {
    return kind === Track.Kind.Video && ahead.has(trackSid);
  }
}

/** All sound, and the pictures that every screen shows: shares, and the faces of those who were here first. */
function firstOf(room: Room): RemoteTrackPublication[] {
  const joinedAt = (identity: string) => room.remoteParticipants.get(identity)?.joinedAt?.getTime() ?? 0;
  const all = remotePublications(room).toSorted((left, right) => joinedAt(left.identity) - joinedAt(right.identity));
  const publications = all.map(({ publication }) => publication).filter(({ isMuted }) => !isMuted);
  const from = (source: Track.Source) => publications.filter((publication) => publication.source === source);
  return [
    ...from(Track.Source.Microphone),
    ...from(Track.Source.ScreenShareAudio),
    ...from(Track.Source.ScreenShare).slice(-1),
    ...from(Track.Source.Camera).slice(0, FIRST_PICTURES),
  ];
}
