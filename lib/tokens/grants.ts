import { TrackSource, type VideoGrant } from "livekit-server-sdk";
import { type LockableSource, type Role, type SourceLocks, isModerator } from "#lib/rooms/room.ts";

/** What each source may be locked by. A client can call its voice the sound of a share, so a lock of microphones takes that, too. */
const LOCKED_BY: readonly { source: TrackSource; locks: readonly LockableSource[] }[] = [
  { source: TrackSource.MICROPHONE, locks: ["microphone"] },
  { source: TrackSource.CAMERA, locks: ["camera"] },
  { source: TrackSource.SCREEN_SHARE, locks: ["screenShare"] },
  { source: TrackSource.SCREEN_SHARE_AUDIO, locks: ["screenShare", "microphone"] },
];

/** What somebody may send into a LiveKit room, all of it said: LiveKit takes what is left out for allowed. */
export type Publishing = {
  canPublish: boolean;
  canPublishSources: TrackSource[];
  canSubscribe: true;
  /** Chat and hands go through the API; data from a browser would be words without a check. */
  canPublishData: false;
};

/** The rights of somebody inside on their home leg, as LiveKit's UpdateParticipant takes them. It replaces the whole set. */
export function permissionOf(role: Role, locks: SourceLocks): Publishing {
  const allowed = LOCKED_BY.filter((one) => isModerator(role) || one.locks.every((lock) => !locks[lock]));
  return publishing(allowed.map(({ source }) => source));
}

/** The same rights without those to send from these sources. */
export function withoutSources(rights: Publishing, sources: readonly TrackSource[]): Publishing {
  return publishing(rights.canPublishSources.filter((source) => !sources.includes(source)));
}

/** The rights on a leg that is not one's home: to watch and to listen. */
export const WATCHING: Publishing = publishing([]);

/** An empty list of sources means all of them to LiveKit, so that nothing to publish must be `canPublish: false`. */
function publishing(canPublishSources: TrackSource[]): Publishing {
  return { canPublish: canPublishSources.length > 0, canPublishSources, canSubscribe: true, canPublishData: false };
}

/** The grant of a token for one leg. */
export function meetingGrant(room: string, permission: Publishing): VideoGrant {
  const { canPublishSources, ...rest } = permission;
  return {
    roomJoin: true,
    room,
    ...rest,
    ...(canPublishSources.length > 0 ? { canPublishSources } : {}),
    canUpdateOwnMetadata: false,
    hidden: false,
  };
}

/** The grant of somebody who waits: is told, sees nobody, is seen by nobody, says nothing. */
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
