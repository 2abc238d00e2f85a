import { type Role, type SourceLocks, isModerator } from "#lib/rooms/room.ts";
import { type Publishing, WATCHING, permissionOf } from "#lib/tokens/grants.ts";

/** What somebody may do on one leg now: publish on the home leg as role and locks allow, watch on the others. */
export function rightsOn(isHome: boolean, role: Role, locks: SourceLocks): Publishing {
  return isHome ? permissionOf(role, locks) : WATCHING;
}

/** The same without a screen share, whatever the role. */
export function rightsWithoutShare(role: Role, locks: SourceLocks): Publishing {
  // Locks bind participants only, so a moderator is taken for one whom nothing but the share is locked for.
  const others = isModerator(role) ? { microphone: false, camera: false } : locks;
  return permissionOf("participant", { ...others, screenShare: true });
}
