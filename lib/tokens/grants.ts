import { TrackSource, type VideoGrant } from "livekit-server-sdk";
import { type LockableSource, type Role, type SourceLocks, isModerator } from "#lib/rooms/room.ts";
import type { ServiceGrant } from "#lib/seats/seat.ts";

/**
 * The locks that cover each source. A client can label its voice as the sound of a shared screen, so a lock of microphones
 * covers that, too.
 */
const LOCKED_BY: readonly { source: TrackSource; locks: readonly LockableSource[] }[] = [
  { source: TrackSource.MICROPHONE, locks: ["microphone"] },
  { source: TrackSource.CAMERA, locks: ["camera"] },
  { source: TrackSource.SCREEN_SHARE, locks: ["screenShare"] },
  { source: TrackSource.SCREEN_SHARE_AUDIO, locks: ["screenShare", "microphone"] },
];

/** What a participant may send into a LiveKit room, stated in full: LiveKit takes what is left out as allowed. */
export type Publishing = {
  canPublish: boolean;
  canPublishSources: TrackSource[];
  canSubscribe: true;
  /** Chat and raised hands use the API; data from a browser would be unchecked. */
  canPublishData: false;
};

/** A participant's permissions on their home leg, as LiveKit's UpdateParticipant takes them. They replace the whole set. */
export function permissionOf(role: Role, locks: SourceLocks): Publishing {
  const allowed = LOCKED_BY.filter((one) => isModerator(role) || one.locks.every((lock) => !locks[lock]));
  return publishing(allowed.map(({ source }) => source));
}

/** A service's permissions on its home leg: of what its grant names, what the locks leave to participants. */
export function servicePermissionOf({ sources }: Pick<ServiceGrant, "sources">, locks: SourceLocks): Publishing {
  const names = new Set(sources.flatMap((source) => SOURCES[source]));
  const { canPublishSources } = permissionOf("participant", locks);
  return publishing(canPublishSources.filter((source) => names.has(source)));
}

const SOURCES: Record<LockableSource, readonly TrackSource[]> = {
  microphone: [TrackSource.MICROPHONE],
  camera: [TrackSource.CAMERA],
  screenShare: [TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO],
};

/** The same permissions without these sources. */
export function withoutSources(rights: Publishing, sources: readonly TrackSource[]): Publishing {
  return publishing(rights.canPublishSources.filter((source) => !sources.includes(source)));
}

/** The permissions on any leg but the home leg: to watch and to listen. */
export const WATCHING: Publishing = publishing([]);

/** To LiveKit an empty list of sources means all of them, so no sources must be `canPublish: false`. */
function publishing(canPublishSources: TrackSource[]): Publishing {
  return { canPublish: canPublishSources.length > 0, canPublishSources, canSubscribe: true, canPublishData: false };
}

/** The grant of a token for one leg. @param isHidden - Only for a service whose grant hides it. */
export function meetingGrant(room: string, permission: Publishing, isHidden = false): VideoGrant {
  const { canPublishSources, ...rest } = permission;
  return {
    roomJoin: true,
    room,
    ...rest,
    ...(canPublishSources.length > 0 ? { canPublishSources } : {}),
    canUpdateOwnMetadata: false,
    hidden: isHidden,
  };
}

/** The grant of a waiting guest: receives messages, sees no one, is invisible, sends nothing. */
export function lobbyGrant(room: string): VideoGrant {
  return {
    roomJoin: true,
    room,
    canPublish: false,
    canSubscribe: false,
    canPublishData: false,
    canUpdateOwnMetadata: false,
    hidden: true,
  };
}
