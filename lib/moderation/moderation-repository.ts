import "server-only";
import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { Identity, type RoomCode } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, type defineScript, toRecord } from "#lib/redis/script.ts";
import { RoleSchema } from "#lib/rooms/room-schema.ts";
import type { Role, SourceLocks } from "#lib/rooms/room.ts";
import { parseLegs } from "#lib/seats/place-fields.ts";
import type { Leg } from "#lib/seats/seat.ts";

/** What LiveKit needs to know of one seat. */
export type Person = { identity: Identity; name: string; homeLeg: string; role: Role };

/** What an action changed in Redis, and which legs LiveKit must update. */
export type Outcome = {
  /** False when the state was already as requested. */
  isChange: boolean;
  people: readonly Person[];
  legs: readonly Leg[];
  locks: SourceLocks;
  /** Held seats of hosts and co-hosts. */
  hosts: readonly string[];
  extra: ScriptAnswer;
};

/** The actor: their seat, and the role for which the truth table allowed the action. */
export type Acting = { code: RoomCode; identity: Identity; role: Role; nowMs: number };

/** The actor, with the name that others see. */
export type Moderator = Acting & { by: string; sessionId: string | undefined };

const PersonFields = z.tuple([Identity, z.string(), z.string(), RoleSchema]);
const Locks = z.tuple([z.unknown(), z.unknown(), z.unknown()]);

/**
 * Runs the script of one action.
 *
 * @throws AppError `changed_meanwhile` when the actor has lost the role; `person_unknown`, `not_allowed`, `unavailable`.
 */
export async function act(
  script: ReturnType<typeof defineScript>,
  { code, identity, role, nowMs }: Acting,
  args: readonly (string | number)[] = [],
): Promise<Outcome> {
  return parseOutcome(await script([keys.prefix(code)], [identity, role, nowMs, TTL_MS.session, ...args]));
}

export function parseOutcome(answer: ScriptAnswer): Outcome {
  const [status, people, legs, locks, hosts, extra] = Array.isArray(answer) ? answer : [];
  switch (status) {
    case "ok":
    case "same":
      break;
    case "changed_meanwhile":
    case "person_unknown":
    case "not_allowed":
      throw new AppError(status);
    default:
      throw new Error("A moderation script answered something else");
  }
  const [microphone, camera, screenShare] = Locks.parse(locks).map((bit) => bit === "1");
  return {
    isChange: status === "ok",
    people: asList(people).flatMap(parsePerson),
    legs: parseLegs(toRecord(legs)),
    locks: { microphone: microphone ?? false, camera: camera ?? false, screenShare: screenShare ?? false },
    hosts: asList(hosts).map(String),
    extra: extra ?? "",
  };
}

function parsePerson(answer: ScriptAnswer): Person[] {
  const parsed = PersonFields.safeParse(answer);
  if (!parsed.success) return [];
  const [identity, name, homeLeg, role] = parsed.data;
  return [{ identity, name, homeLeg, role }];
}

export function asList(answer: ScriptAnswer | undefined): ScriptAnswer[] {
  return Array.isArray(answer) ? answer : [];
}
