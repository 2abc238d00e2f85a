import type { Role } from "#lib/rooms/room.ts";
import type { PersonKind } from "#lib/seats/seat.ts";

/** A meeting is without a host for this long, in milliseconds, before somebody inherits it: a reload or a dead zone is no leaving. */
export const SUCCESSION_GRACE_MS = 60_000;

/** Who is in the meeting, as far as inheriting it goes. */
export type Candidate = {
  identity: string;
  personKey: string;
  role: Role;
  kind: PersonKind;
  status: "reserved" | "present" | "away";
  joinedAtMs: number;
};

/**
 * Who becomes host of a meeting that its host left: the co-host who is there the longest, else the signed-in participant who
 * is. A guest never does: nobody could say who that was.
 *
 * @param inside - Seats that are held.
 * @param hostGoneSinceMs - Undefined while a host is there, and in a meeting that never had one.
 * @returns undefined when all stays as it is.
 */
export function chooseSuccessor(
  inside: readonly Candidate[],
  hostGoneSinceMs: number | undefined,
  nowMs: number,
): Candidate | undefined {
  if (hostGoneSinceMs === undefined || nowMs - hostGoneSinceMs < SUCCESSION_GRACE_MS) return undefined;
  if (inside.some(({ role, status }) => role === "host" && status !== "away")) return undefined;
  const present = inside
    .filter(({ status, role }) => status === "present" && role !== "host")
    .toSorted((a, b) => a.joinedAtMs - b.joinedAtMs);
  return (
    present.find(({ role }) => role === "cohost") ??
    present.find(({ kind, role }) => kind === "person" && role !== "cohost")
  );
}
