import type { Role } from "#lib/rooms/room.ts";
import { HOST_GRACE_MS } from "#lib/seats/liveness.ts";
import type { ParticipantKind } from "#lib/rooms/participant-kind.ts";

/** A participant, with the facts that succession depends on. */
export type Candidate = {
  identity: string;
  personKey: string;
  role: Role;
  kind: ParticipantKind;
  status: "reserved" | "present" | "away";
  joinedAtMs: number;
};

/** A guest's name cannot be verified, and a service is a program. */
const MAY_INHERIT: Record<ParticipantKind, boolean> = { account: true, guest: false, service: false };

/**
 * Chooses the host of a meeting whose host left: the co-host present longest, otherwise the signed-in participant present
 * longest.
 *
 * @param inside - Seats that are held.
 * @param hostGoneSinceMs - Undefined while a host is present, and in a meeting that never had one.
 * @returns undefined when nothing changes.
 */
export function chooseSuccessor(
  inside: readonly Candidate[],
  hostGoneSinceMs: number | undefined,
  nowMs: number,
): Candidate | undefined {
  if (hostGoneSinceMs === undefined || nowMs - hostGoneSinceMs < HOST_GRACE_MS) return undefined;
  if (inside.some(({ role, status }) => role === "host" && status !== "away")) return undefined;
  const present = inside
    .filter(({ status, role }) => status === "present" && role !== "host")
    .toSorted((a, b) => a.joinedAtMs - b.joinedAtMs);
  return (
    present.find(({ role }) => role === "cohost") ??
    present.find(({ kind, role }) => MAY_INHERIT[kind] && role !== "cohost")
  );
}
