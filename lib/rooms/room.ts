import type { AccountId, RoomCode } from "#lib/ids.ts";

/** Who can join without asking: hosts only, every signed-in user, or everyone with the link. */
export const ACCESS_LEVELS = ["ask", "signed-in", "open"] as const;
export type RoomAccess = (typeof ACCESS_LEVELS)[number];

/** What participants (not hosts) can be kept from publishing. */
export const LOCKABLE_SOURCES = ["microphone", "camera", "screenShare"] as const;
export type LockableSource = (typeof LOCKABLE_SOURCES)[number];
export type SourceLocks = Record<LockableSource, boolean>;

export const NO_LOCKS: SourceLocks = { microphone: false, camera: false, screenShare: false };

export type Role = "host" | "cohost" | "participant";

/** A link and its settings. */
export type Room = {
  code: RoomCode;
  /** The title its host gave it; empty for none. Only participants see it. */
  title: string;
  ownerId: AccountId;
  ownerName: string;
  access: RoomAccess;
  isLocked: boolean;
  locks: SourceLocks;
  maxParticipants: number;
  createdAtMs: number;
  expiresAtMs: number;
  /** Set by "end for all", cleared when a host starts the meeting again. */
  endedAtMs: number | undefined;
  /** Grows with every change that may affect who can be in the meeting; scripts that act on a decision compare it. */
  rev: number;
};

/** How long a link lives after it was created or last used, in milliseconds: 90 days, as shown when it is created. */
export const LINK_LIFETIME_MS = 90 * 24 * 60 * 60 * 1000;

/** The room without locks set during a session. They are stored with the room, and remain when the session expires. */
export function unlocked(room: Room): Room {
  return { ...room, isLocked: false, locks: NO_LOCKS };
}

export function isModerator(role: Role): boolean {
  return role !== "participant";
}
