import type { Role, SourceLocks } from "#lib/rooms/room.ts";
import type { SeatAttributes } from "#lib/seats/seat-attributes.ts";
import type { Quality, VideoFeed } from "../meeting.ts";

/** The source a track claims. LiveKit lets a browser label a microphone as a camera, so this alone proves nothing. */
export type TrackSource = "camera" | "microphone" | "screenShare" | "screenShareAudio" | "unknown";

/** One published track as one leg shows it. */
export type LegTrack = {
  sid: string;
  kind: "audio" | "video";
  source: TrackSource;
  isMuted: boolean;
  /** It is subscribed and received. */
  hasArrived: boolean;
  /** The picture was on the screen once. From then on the SDK pauses it while it is not. */
  wasShown: boolean;
  /** Set for pictures that are received. */
  feed: VideoFeed | undefined;
};

/** One participant as one leg shows it. */
export type LegPerson = {
  identity: string;
  name: string;
  seat: SeatAttributes;
  mayPublish: boolean;
  /** The sources the server permits; undefined where it does not say. */
  maySend: readonly TrackSource[] | undefined;
  isSpeaking: boolean;
  /** Loudness, 0 to 1. */
  level: number;
  quality: Quality;
  tracks: readonly LegTrack[];
};

/** What one leg shows at this moment. */
export type LegView = {
  leg: string;
  /**
   * `live`: connected and current. `held`: lost a moment ago; what it showed stays until another leg shows more. `lost`: outdated.
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
  // A voice can be labelled as the sound of a share.
  screenShareAudio: ["screenShare", "microphone"],
  unknown: [],
};

/** What decides which tracks of a participant may be shown or played. */
export type Owner = Pick<LegPerson, "mayPublish" | "maySend" | "tracks"> & { role: Role };

/**
 * Whether a track may be shown or played at all.
 *
 * The server withdraws grants, but a patched client can label sound as a camera, or publish in the moment before the grant is gone.
 * So every receiver checks again.
 */
export function mayPlay(
  { kind, source }: Pick<LegTrack, "kind" | "source">,
  owner: Owner,
  locks: SourceLocks,
): boolean {
  if (!owner.mayPublish || EXPECTED_KIND[source] !== kind) return false;
  if (owner.maySend && !owner.maySend.includes(source)) return false;
  if (owner.role === "participant" && LOCKED_BY[source].some((lock) => locks[lock])) return false;
  return source !== "screenShareAudio" || isSharing(owner);
}

/** The sound of a share plays only beside its picture. */
function isSharing({ tracks }: Owner): boolean {
  return tracks.some(({ kind, source, isMuted }) => kind === "video" && source === "screenShare" && !isMuted);
}

/**
 * A participant merged from all legs, and their home leg. Name, hand and level come from the home leg, and each track from one leg
 * only. Undefined for a participant that no leg shows any more.
 *
 * During a move between legs a track is taken from the old leg until the new one has it, so that the tile neither vanishes nor
 * doubles, and the voice is heard once.
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
 * Whether to subscribe to a participant's track on one leg.
 *
 * @param isWatched - The picture has a place on the screen. One that had a place stays subscribed and is paused, so that turning a page
 *   back is instant.
 */
export function isWanted(
  track: LegTrack,
  leg: string,
  home: { leg: string; person: LegPerson },
  isWatched: boolean,
): boolean {
  const counts = leg === home.leg || home.person.tracks.some(({ sid }) => sid === track.sid);
  if (track.kind === "audio") return counts;
  // The picture on the old leg continues until it ends on its own; a voice would be heard twice.
  return (counts || track.hasArrived) && (isWatched || track.wasShown);
}

type Seen = { leg: string; person: LegPerson };

/** The legs that show a participant, best first: live ones, then the one the server named, then those they publish on. */
function seenOn(identity: string, views: readonly LegView[]): Seen[] {
  const isAnyLive = views.some(({ status }) => status === "live");
  const seen = views
    // A participant shown only by an outdated leg has left since.
    .filter(({ status }) => status !== "lost" || !isAnyLive)
    .flatMap(({ leg, status, people }) => {
      const person = people.find((candidate) => candidate.identity === identity);
      return person ? [{ leg, status, person }] : [];
    });
  const newest = newestHome(seen.map(({ person }) => person.seat.home));
  const rank = ({ leg, status, person }: (typeof seen)[number]) =>
    (status === "live" ? 8 : 0) +
    (leg === newest?.leg ? 4 : 0) +
    (person.mayPublish ? 2 : 0) +
    (person.tracks.length > 0 ? 1 : 0);
  return seen.toSorted((left, right) => rank(right) - rank(left));
}

/** For each source, the first leg's track that is received. A muted one counts: the home leg has the latest state. */
function tracksOf(people: readonly LegPerson[]): LegTrack[] {
  const chosen = new Map<string, LegTrack>();
  for (const { tracks } of people) {
    for (const track of tracks) {
      // A mislabelled track's kind and source disagree: it must not hide the genuine one.
      const key = `${track.source} ${track.kind}`;
      const known = chosen.get(key);
      if (!known || (!known.hasArrived && !known.isMuted && track.hasArrived && !track.isMuted)) chosen.set(key, track);
    }
  }
  return [...chosen.values()];
}

/** The attribute `home` of a seat: the home leg, and how often it has changed. The highest count is the newest. */
export type HomeAttribute = { count: number; leg: string };

/**
 * The newest of the attributes `home` that the legs show of one participant, such as `2:b`.
 *
 * They differ for a moment during a move, and for as long as the server cannot reach a leg.
 */
export function newestHome(attributes: readonly string[]): HomeAttribute | undefined {
  const read = attributes.flatMap((attribute) => {
    const [count, leg] = attribute.split(":");
    return count && leg && /^\d+$/.test(count) ? [{ count: Number(count), leg }] : [];
  });
  return read.toSorted((left, right) => right.count - left.count)[0];
}
