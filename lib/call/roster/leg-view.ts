import type { SeatAttributes } from "#lib/seats/seat-schema.ts";
import type { Role, SourceLocks } from "#lib/rooms/room.ts";
import { newestHome } from "./home-attribute.ts";
import type { Quality, VideoFeed } from "../meeting.ts";

/** What a track says it is. LiveKit lets a browser label a microphone as a camera, so this alone proves nothing. */
export type TrackSource = "camera" | "microphone" | "screenShare" | "screenShareAudio" | "unknown";

/** One published track as one leg shows it. */
export type LegTrack = {
  sid: string;
  kind: "audio" | "video";
  source: TrackSource;
  isMuted: boolean;
  /** It is subscribed and comes in. */
  hasArrived: boolean;
  /** A picture that was on the screen once: from then on it is paused by itself while it is not. */
  wasShown: boolean;
  /** Pictures that have arrived. */
  feed: VideoFeed | undefined;
};

/** One participant as one leg shows it. */
export type LegPerson = {
  identity: string;
  name: string;
  seat: SeatAttributes;
  mayPublish: boolean;
  /** The sources the server lets them send; undefined where it does not say. */
  maySend: readonly TrackSource[] | undefined;
  isSpeaking: boolean;
  /** Loudness, 0 to 1. */
  level: number;
  quality: Quality;
  tracks: readonly LegTrack[];
};

/** What one leg knows at this moment. */
export type LegView = {
  leg: string;
  /**
   * `live`: its connection works, and what it says is news. `held`: it was lost a moment ago, and what it showed stays
   * until another leg shows more. `lost`: what was known long ago.
   */
  status: "live" | "held" | "lost";
  people: readonly LegPerson[];
};

const EXPECTED_KIND: Record<TrackSource, LegTrack["kind"] | undefined> = {
  camera: "video",
  screenShare: "video",
  microphone: "audio",
  screenShareAudio: "audio",
  unknown: undefined,
};
const LOCKED_BY: Record<TrackSource, readonly (keyof SourceLocks)[]> = {
  camera: ["camera"],
  microphone: ["microphone"],
  screenShare: ["screenShare"],
  // A voice can call itself the sound of a share.
  screenShareAudio: ["screenShare", "microphone"],
  unknown: [],
};

/** Whose track it is, as far as what may be shown or heard of them goes. */
export type Owner = Pick<LegPerson, "mayPublish" | "maySend" | "tracks"> & { role: Role };

/**
 * Whether a track may be shown or heard at all.
 *
 * The server withdraws grants, but a patched client can label sound as a camera, or publish in the moment before the
 * grant is gone; so every listener decides for itself, too.
 */
export function isWelcome(
  { kind, source }: Pick<LegTrack, "kind" | "source">,
  owner: Owner,
  locks: SourceLocks,
): boolean {
  if (!owner.mayPublish || EXPECTED_KIND[source] !== kind) return false;
  if (owner.maySend && !owner.maySend.includes(source)) return false;
  if (owner.role === "participant" && LOCKED_BY[source].some((lock) => locks[lock])) return false;
  return source !== "screenShareAudio" || isSharing(owner);
}

/** Sound of a share is heard beside the picture of one only. */
function isSharing({ tracks }: Owner): boolean {
  return tracks.some(({ kind, source, isMuted }) => kind === "video" && source === "screenShare" && !isMuted);
}

/**
 * Somebody as the legs show them together, and their home leg: name, hand and level come from there, and each of their
 * tracks from one leg only. Undefined for somebody whom no leg knows any more.
 *
 * While they move home, a track is taken from the old leg until the new one has it: their tile neither vanishes nor
 * doubles, and they are heard once.
 */
export function homeOf(identity: string, views: readonly LegView[]): { leg: string; person: LegPerson } | undefined {
  const seen = seenOn(identity, views);
  const home = seen[0];
  if (!home) return undefined;
  const sending = seen.map(({ person }) => person).filter(({ mayPublish }) => mayPublish);
  const tracks = tracksOf(sending);
  const maySend = sending.some((person) => person.maySend === undefined)
    ? undefined
    : sending.flatMap((person) => person.maySend ?? []);
  return { leg: home.leg, person: { ...home.person, mayPublish: sending.length > 0, maySend, tracks } };
}

/**
 * Whether one leg's track of somebody is to be subscribed; what is not is not heard either.
 *
 * @param isWatched - The picture has a place on the screen. One that had its place stays subscribed, so that nothing is asked for
 *   again when the pages are turned back; it is paused meanwhile.
 */
export function isWanted(
  track: LegTrack,
  leg: string,
  home: { leg: string; person: LegPerson },
  isWatched: boolean,
): boolean {
  const counts = leg === home.leg || home.person.tracks.some(({ sid }) => sid === track.sid);
  if (track.kind === "audio") return counts;
  // The picture they leave behind goes on until it ends by itself; a voice would be heard twice.
  return (counts || track.hasArrived) && (isWatched || track.wasShown);
}

type Seen = { leg: string; person: LegPerson };

/** Where somebody is seen, the leg that counts first: living ones, then the one the server named, then publishers. */
function seenOn(identity: string, views: readonly LegView[]): Seen[] {
  const hasLife = views.some(({ status }) => status === "live");
  const seen = views
    // Somebody known only to a leg that is long gone has left without its hearing of it.
    .filter(({ status }) => status !== "lost" || !hasLife)
    .flatMap(({ leg, status, people }) => {
      const person = people.find((candidate) => candidate.identity === identity);
      return person ? [{ leg, status, person }] : [];
    });
  const word = newestHome(seen.map(({ person }) => person.seat.home));
  const rank = ({ leg, status, person }: (typeof seen)[number]) =>
    (status === "live" ? 8 : 0) +
    (leg === word?.leg ? 4 : 0) +
    (person.mayPublish ? 2 : 0) +
    (person.tracks.length > 0 ? 1 : 0);
  return seen.toSorted((left, right) => rank(right) - rank(left));
}

/** Of each source the first leg's track that comes in; a muted one counts, since the home leg has the latest word on it. */
function tracksOf(people: readonly LegPerson[]): LegTrack[] {
  const chosen = new Map<string, LegTrack>();
  for (const { tracks } of people) {
    for (const track of tracks) {
      // Kind and source may disagree, when somebody mislabels: each is judged for itself.
      const key = `${track.source} ${track.kind}`;
      const known = chosen.get(key);
      if (!known || (!known.hasArrived && !known.isMuted && track.hasArrived && !track.isMuted)) chosen.set(key, track);
    }
  }
  return [...chosen.values()];
}
