import "server-only";
import { AppError } from "#lib/errors.ts";
import type { Identity, RoomCode } from "#lib/ids.ts";
import { emit } from "#lib/seats/event-service.ts";
import { enforcement } from "./enforcement-service.ts";
import type { Outcome } from "./moderation-repository.ts";
import { readHostlessness, storeOwnersReturn, storeSuccession } from "./succession-repository.ts";
import { chooseSuccessor } from "./succession.ts";

/**
 * Hands a meeting to a participant once its host is gone for longer than the grace period. Cheap when there is nothing to do:
 * heartbeats and webhooks call it. Concurrent calls make one host.
 *
 * @returns the identity of the new host, if there is one.
 * @throws AppError `unavailable`
 */
export async function settleSuccession(code: RoomCode, nowMs: number): Promise<string | undefined> {
  const { hostGoneSinceMs, inside } = await readHostlessness(code, nowMs);
  const successor = chooseSuccessor(inside, hostGoneSinceMs, nowMs);
  if (!successor || hostGoneSinceMs === undefined) return undefined;
  const outcome = await orLost(storeSuccession(code, hostGoneSinceMs, successor, nowMs));
  if (!outcome) return undefined;
  await announce(
    code,
    outcome,
    outcome.people.filter(({ role }) => role === "host"),
  );
  return successor.identity;
}

/** The owner is back and hosts again; the acting host gets their previous role. @throws AppError `unavailable` */
export async function regainHost(code: RoomCode, ownerIdentity: Identity, nowMs: number): Promise<void> {
  const outcome = await storeOwnersReturn(code, ownerIdentity, nowMs);
  if (outcome.isChange) await announce(code, outcome, []);
}

async function announce(code: RoomCode, outcome: Outcome, newHosts: Outcome["people"]): Promise<void> {
  await enforcement.applyRights(outcome.legs, outcome.people, outcome.locks);
  await emit({ code, sessionId: undefined, ...outcome }, { type: "host.changed", people: newHosts });
}

/** @returns undefined when another call settled it, or a host returned, between reading and storing. */
async function orLost(storing: Promise<Outcome>): Promise<Outcome | undefined> {
  try {
    return await storing;
  } catch (error) {
    if (error instanceof AppError && error.code === "changed_meanwhile") return undefined;
    throw error;
  }
}
