import type { SeatAttributes } from "#lib/seats/seat-schema.ts";
import type { Role, SourceLocks } from "#lib/rooms/room.ts";
import type { Quality, VideoFeed } from "./meeting.ts";

/** What a track says it is. LiveKit lets a browser label a microphone as a camera, so this alone proves nothing. */
export type TrackSource = "camera" | "microphone" | "screenShare" | "screenShareAudio" | "unknown";

/** One published track as one leg shows it. */
export type LegTrack = {
  sid: string;
  kind: "audio" | "video";
  source: TrackSource;
  isMuted: boolean;
  /** Pictures that have arrived. */
  feed: VideoFeed | undefined;
};

/** One participant as one leg shows it. */
export type LegPerson = {
  identity: string;
  name: string;
  seat: SeatAttributes;
  mayPublish: boolean;
  isSpeaking: boolean;
  /** Loudness, 0 to 1. */
  level: number;
  quality: Quality;
  tracks: readonly LegTrack[];
};

/** What one leg knows at this moment. */
export type LegView = {
  leg: string;
  /** Its connection works: what it says is news. Otherwise it is what was last known. */
  isLive: boolean;
  people: readonly LegPerson[];
};

const EXPECTED_KIND: Record<TrackSource, LegTrack["kind"] | undefined> = {
  camera: "video",
  screenShare: "video",
  microphone: "audio",
  screenShareAudio: "audio",
  unknown: undefined,
};
const LOCKED_BY: Record<TrackSource, keyof SourceLocks | undefined> = {
  camera: "camera",
  microphone: "microphone",
  screenShare: "screenShare",
  screenShareAudio: "screenShare",
  unknown: undefined,
};

/**
 * Whether a track may be shown or heard at all.
 *
 * The server withdraws grants, but a patched client can label sound as a camera, or publish in the moment before the
 * grant is gone; so every listener decides for itself, too.
 */
export function isWelcome(
  track: Pick<LegTrack, "kind" | "source">,
  owner: { role: Role; mayPublish: boolean },
  locks: SourceLocks,
): boolean {
  if (!owner.mayPublish || EXPECTED_KIND[track.source] !== track.kind) return false;
  const lock = LOCKED_BY[track.source];
  return lock === undefined || !locks[lock] || owner.role !== "participant";
}

/**
 * Chooses the leg that counts for somebody: the one they publish on.
 *
 * Living legs come before those that only remember, publishers before listeners; a leg that was lost loses its say as
 * soon as any other sees the person, so nobody is there twice.
 */
export function homeOf(identity: string, views: readonly LegView[]): { leg: string; person: LegPerson } | undefined {
  let best: { leg: string; person: LegPerson; rank: number } | undefined;
  for (const { leg, isLive, people } of views) {
    const person = people.find((candidate) => candidate.identity === identity);
    if (!person) continue;
    const rank = (isLive ? 4 : 0) + (person.mayPublish ? 2 : 0) + (person.tracks.length > 0 ? 1 : 0);
    if (!best || rank > best.rank) best = { leg, person, rank };
  }
  return best && { leg: best.leg, person: best.person };
}
