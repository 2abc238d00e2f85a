import type { AccountId, RoomCode } from "#lib/ids.ts";

/** Who walks in without asking: nobody but hosts, anybody who is signed in, or everybody with the link. */
export const ACCESS_LEVELS = ["ask", "signed-in", "open"] as const;
export type RoomAccess = (typeof ACCESS_LEVELS)[number];

/** What participants (not hosts) are kept from publishing. */
export const LOCKABLE_SOURCES = ["microphone", "camera", "screenShare"] as const;
export type LockableSource = (typeof LOCKABLE_SOURCES)[number];
export type SourceLocks = Record<LockableSource, boolean>;

export const NO_LOCKS: SourceLocks = { microphone: false, camera: false, screenShare: false };

export type Role = "host" | "cohost" | "participant";

/** A link and its settings. */
export type Room = {
  code: RoomCode;
  /** What its host calls it; empty for none. Told only to people inside. */
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
  /** Grows with every change after which somebody's right to be here may differ; scripts that act on a decision compare it. */
  rev: number;
};

/** A link lives this long after it was made or last used, in milliseconds: 90 days, told where it is made. */
export const LINK_LIFETIME_MS = 90 * 24 * 60 * 60 * 1000;

/** The room without what a session locked. Locks are stored with the room, and stay there when the session expires. */
export function unlocked(room: Room): Room {
  return { ...room, isLocked: false, locks: NO_LOCKS };
}

export function isModerator(role: Role): boolean {
  return role !== "participant";
}
