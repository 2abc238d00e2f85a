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

/** One seat, as far as telling LiveKit about it needs. */
export type Person = { identity: Identity; name: string; homeLeg: string; role: Role };

/** What an action changed in Redis, and where LiveKit has to hear of it. */
export type Outcome = {
  /** False when all was so already. */
  isChange: boolean;
  people: readonly Person[];
  legs: readonly Leg[];
  locks: SourceLocks;
  /** Seats of hosts and co-hosts that are held. */
  hosts: readonly string[];
  extra: ScriptAnswer;
};

/** Who acts: their seat, and the role by which the truth table allowed it. */
export type Acting = { code: RoomCode; identity: Identity; role: Role; nowMs: number };

/** Who acts, and by what name others are told. */
export type Moderator = Acting & { by: string; sessionId: string | undefined };

const PersonFields = z.tuple([Identity, z.string(), z.string(), RoleSchema]);
const Locks = z.tuple([z.unknown(), z.unknown(), z.unknown()]);

/**
 * Runs the script of one action.
 *
 * @throws AppError `changed_meanwhile` when the actor lost the role meanwhile; `person_unknown`, `not_allowed`, `unavailable`.
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
