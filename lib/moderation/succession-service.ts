import "server-only";
import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import type { Identity, RoomCode } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import type { ScriptAnswer } from "#lib/redis/script.ts";
import { RoleSchema } from "#lib/rooms/room-schema.ts";
import { tellHosts, tellPeople, tellRoom } from "./announcements.ts";
import { enforcement } from "./enforcement.ts";
import { type Outcome, asList, parseOutcome } from "./moderation-repository.ts";
import { REGAIN, SUCCEED, WATCH } from "./succession-repository.ts";
import { type Candidate, chooseSuccessor } from "./succession.ts";

const CandidateFields = z.tuple([
  z.string(),
  z.string(),
  RoleSchema,
  z.enum(["person", "guest"]),
  z.enum(["reserved", "present", "away"]),
  z.coerce.number(),
]);

/**
 * Hands a meeting whose host left for good to somebody inside. Cheap when there is nothing to do: presence and webhooks call
 * it. Several at once make one host.
 *
 * @returns the identity that became host, if one did.
 * @throws AppError `unavailable`
 */
export async function settleSuccession(code: RoomCode, nowMs: number): Promise<string | undefined> {
  const prefix = keys.prefix(code);
  const [goneSince, seats] = asList(await WATCH([prefix], [nowMs, TTL_MS.session]));
  const hostGoneSinceMs = goneSince ? Number(goneSince) : undefined;
  const successor = chooseSuccessor(asList(seats).flatMap(parseCandidate), hostGoneSinceMs, nowMs);
  if (!successor || hostGoneSinceMs === undefined) return undefined;
  const args = [nowMs, TTL_MS.session, hostGoneSinceMs, successor.identity, successor.role];
  const outcome = await orLost(SUCCEED([prefix], args));
  if (!outcome) return undefined;
  await announce(
    outcome,
    outcome.people.filter(({ role }) => role === "host"),
  );
  return successor.identity;
}

/** The owner is back: the meeting is theirs again, and whoever inherited it is what they were before. */
export async function regainHost(code: RoomCode, ownerIdentity: Identity, nowMs: number): Promise<void> {
  const answer = await REGAIN([keys.prefix(code)], [nowMs, TTL_MS.session, ownerIdentity]);
  const outcome = parseOutcome(answer);
  if (outcome.isChange) await announce(outcome, []);
}

async function announce(outcome: Outcome, newHosts: Outcome["people"]): Promise<void> {
  await enforcement.applyRights(outcome.legs, outcome.people, outcome.locks);
  await Promise.all([
    tellPeople(outcome.legs, newHosts, { type: "became-host", by: "" }),
    tellRoom(outcome),
    tellHosts(outcome),
  ]);
}

/** @returns undefined when somebody else settled it, or a host came back, between reading and storing. */
async function orLost(answer: Promise<ScriptAnswer>): Promise<Outcome | undefined> {
  try {
    return parseOutcome(await answer);
  } catch (error) {
    if (error instanceof AppError && error.code === "changed_meanwhile") return undefined;
    throw error;
  }
}

function parseCandidate(answer: ScriptAnswer): Candidate[] {
  const parsed = CandidateFields.safeParse(answer);
  if (!parsed.success) return [];
  const [identity, personKey, role, kind, status, joinedAtMs] = parsed.data;
  return [{ identity, personKey, role, kind, status, joinedAtMs }];
}
