import { TrackSource } from "livekit-server-sdk";
import type { Role, SourceLocks } from "#lib/rooms/room.ts";
import { type Publishing, WATCHING, permissionOf, withoutSources } from "#lib/tokens/grants.ts";

/** What somebody may do on one leg now: publish on the home leg as role and locks allow, watch on the others. */
export function rightsOn(isHome: boolean, role: Role, locks: SourceLocks): Publishing {
  return isHome ? permissionOf(role, locks) : WATCHING;
}

/** What is sent when a screen is shared. */
export const SHARED: readonly TrackSource[] = [TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO];
/** Whatever can carry a voice: a client may call it the sound of a share. */
export const HEARD: readonly TrackSource[] = [TrackSource.MICROPHONE, TrackSource.SCREEN_SHARE_AUDIO];

/** The rights on the home leg without a screen share, whatever the role. */
export function rightsWithoutShare(role: Role, locks: SourceLocks): Publishing {
  return withoutSources(permissionOf(role, locks), SHARED);
}
