import { TrackSource } from "livekit-server-sdk";
import type { Role, SourceLocks } from "#lib/rooms/room.ts";
import type { ServiceGrant } from "#lib/seats/seat.ts";
import { type Publishing, WATCHING, permissionOf, servicePermissionOf, withoutSources } from "#lib/tokens/grants.ts";

/** Rights on one leg: on the home leg those of the role and the locks, on other legs only to watch. */
export function rightsOn(isHome: boolean, role: Role, locks: SourceLocks): Publishing {
  return isHome ? permissionOf(role, locks) : WATCHING;
}

/** As `rightsOn`, for any kind of seat: a service has those of its grant instead of a role. */
export function rightsOf(
  isHome: boolean,
  { role, locks, grant }: { role: Role; locks: SourceLocks; grant: ServiceGrant | undefined },
): Publishing {
  if (!grant) return rightsOn(isHome, role, locks);
  return isHome ? servicePermissionOf(grant, locks) : WATCHING;
}

/** The sources of a screen share. */
export const SHARED: readonly TrackSource[] = [TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO];
/** All sources that can carry a voice: a client can publish one as share audio. */
export const HEARD: readonly TrackSource[] = [TrackSource.MICROPHONE, TrackSource.SCREEN_SHARE_AUDIO];

/** Rights on the home leg without a screen share, for any role. */
export function rightsWithoutShare(role: Role, locks: SourceLocks): Publishing {
  return withoutSources(permissionOf(role, locks), SHARED);
}
