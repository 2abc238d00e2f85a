import { TrackSource, TrackType } from "livekit-server-sdk";

/** A client that publishes a microphone this soon after "mute all" did not know of it, in milliseconds. */
export const MUTE_ALL_HOLDS_MS = 5_000;
/** A participant who joins within that time of it is bound for this long: a slow phone needs seconds from joining to publishing. */
export const NEWCOMER_MS = 30_000;

/** Format of LiveKit's permission. */
export type Permission = {
  canPublish?: boolean;
  canPublishSources?: readonly TrackSource[];
  canSubscribe?: boolean;
  canPublishData?: boolean;
};

/**
 * `fine`; `mute` it; `withdraw` the rights it exceeds; `check-share`, whether a share picture runs beside it; or `disconnect` the
 * client, because no browser of ours publishes that.
 */
export type TrackVerdict = "fine" | "mute" | "withdraw" | "check-share" | "disconnect";

export type PublishedTrack = { type: TrackType; source: TrackSource };

const SOURCES: Record<TrackType, readonly TrackSource[]> = {
  [TrackType.AUDIO]: [TrackSource.MICROPHONE, TrackSource.SCREEN_SHARE_AUDIO],
  [TrackType.VIDEO]: [TrackSource.CAMERA, TrackSource.SCREEN_SHARE],
  [TrackType.DATA]: [],
};

/**
 * Whether a participant can publish this track. LiveKit checks only the source that the client names, not the content: with the
 * microphone locked, audio labelled "camera" would pass.
 */
export function judgeTrack(
  { type, source }: PublishedTrack,
  rights: Permission,
  muteAll: { isBound: boolean; atMs: number; joinedAtMs: number },
  nowMs: number,
): TrackVerdict {
  if (!(SOURCES[type] ?? []).includes(source)) return "disconnect";
  if (!mayPublish(rights, source)) return "withdraw";
  // A client can publish a voice as share audio.
  if (type === TrackType.AUDIO && muteAll.isBound && didNotKnow(muteAll, nowMs)) return "mute";
  return source === TrackSource.SCREEN_SHARE_AUDIO ? "check-share" : "fine";
}

/** Whether a participant sends share audio without a running share picture. */
export function hasShareSoundAlone(tracks: readonly (PublishedTrack & { muted: boolean })[]): boolean {
  const runs = (one: TrackSource) => tracks.some(({ source, muted }) => source === one && !muted);
  return runs(TrackSource.SCREEN_SHARE_AUDIO) && !runs(TrackSource.SCREEN_SHARE);
}

function didNotKnow({ atMs, joinedAtMs }: { atMs: number; joinedAtMs: number }, nowMs: number): boolean {
  if (nowMs - atMs <= MUTE_ALL_HOLDS_MS) return true;
  return Math.abs(joinedAtMs - atMs) <= MUTE_ALL_HOLDS_MS && nowMs - joinedAtMs <= NEWCOMER_MS;
}

function mayPublish({ canPublish, canPublishSources }: Permission, source: TrackSource): boolean {
  // To LiveKit an empty list means every source. Ours are never empty together with canPublish, and here empty means none.
  return canPublish === true && (canPublishSources ?? []).includes(source);
}

/** Whether LiveKit has exactly these rights for a participant: a token from before a lock restores the old ones. */
export function hasRights(held: Permission | undefined, due: Permission): boolean {
  if (!held) return false;
  const sources = (permission: Permission) =>
    [...(permission.canPublishSources ?? [])].toSorted((a, b) => a - b).join();
  return (
    Boolean(held.canPublish) === Boolean(due.canPublish) &&
    Boolean(held.canSubscribe) === Boolean(due.canSubscribe) &&
    Boolean(held.canPublishData) === Boolean(due.canPublishData) &&
    (!due.canPublish || sources(held) === sources(due))
  );
}
