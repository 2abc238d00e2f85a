import { TrackSource, TrackType } from "livekit-server-sdk";

/** Whoever publishes a microphone within this time after "mute all" did not know of it, in milliseconds. */
export const MUTE_ALL_HOLDS_MS = 5_000;
/** Whoever arrives within that time of it is bound for this long: from joining to publishing a slow phone takes seconds. */
export const NEWCOMER_MS = 30_000;

/** As LiveKit tells and takes it. */
export type Permission = {
  canPublish?: boolean;
  canPublishSources?: readonly TrackSource[];
  canSubscribe?: boolean;
  canPublishData?: boolean;
};

/**
 * fine; mute it; take the rights it goes beyond; look whether a share picture runs beside it; or disconnect the client that made it,
 * which no browser of ours does.
 */
export type TrackVerdict = "fine" | "mute" | "withdraw" | "check-share" | "disconnect";

export type PublishedTrack = { type: TrackType; source: TrackSource };

const SOURCES: Record<TrackType, readonly TrackSource[]> = {
  [TrackType.AUDIO]: [TrackSource.MICROPHONE, TrackSource.SCREEN_SHARE_AUDIO],
  [TrackType.VIDEO]: [TrackSource.CAMERA, TrackSource.SCREEN_SHARE],
  [TrackType.DATA]: [],
};

/**
 * Whether somebody may publish this. LiveKit checks the source a browser names, not what comes in it: with the microphone
 * locked, sound called "camera" would pass.
 */
export function judgeTrack(
  { type, source }: PublishedTrack,
  rights: Permission,
  muteAll: { isBound: boolean; atMs: number; joinedAtMs: number },
  nowMs: number,
): TrackVerdict {
  if (!(SOURCES[type] ?? []).includes(source)) return "disconnect";
  if (!mayPublish(rights, source)) return "withdraw";
  // A voice may call itself the sound of a share.
  if (type === TrackType.AUDIO && muteAll.isBound && didNotKnow(muteAll, nowMs)) return "mute";
  return source === TrackSource.SCREEN_SHARE_AUDIO ? "check-share" : "fine";
}

/** Whether a participant sends sound of a share without a picture of one beside it that runs. */
export function hasShareSoundAlone(tracks: readonly (PublishedTrack & { muted: boolean })[]): boolean {
  const runs = (one: TrackSource) => tracks.some(({ source, muted }) => source === one && !muted);
  return runs(TrackSource.SCREEN_SHARE_AUDIO) && !runs(TrackSource.SCREEN_SHARE);
}

function didNotKnow({ atMs, joinedAtMs }: { atMs: number; joinedAtMs: number }, nowMs: number): boolean {
  if (nowMs - atMs <= MUTE_ALL_HOLDS_MS) return true;
  return Math.abs(joinedAtMs - atMs) <= MUTE_ALL_HOLDS_MS && nowMs - joinedAtMs <= NEWCOMER_MS;
}

function mayPublish({ canPublish, canPublishSources }: Permission, source: TrackSource): boolean {
  // An empty list means every source to LiveKit; ours are never empty together with canPublish, and here it means none.
  return canPublish === true && (canPublishSources ?? []).includes(source);
}

/** Whether LiveKit holds just these rights for somebody: a token from before a lock brings the old ones back. */
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
