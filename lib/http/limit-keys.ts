import "server-only";
import { type Actor, type ServiceActor, personKeyOf } from "#lib/auth/actor.ts";
import type { RoomCode } from "#lib/ids.ts";
import type { Rule, Subject } from "./rate-limits.ts";

/** Who a request is counted for. */
export type Caller = { actor: Actor | ServiceActor; addressKey: string; code: RoomCode | undefined };

/** @returns the key that a rule counts this caller under; undefined when the rule does not apply to them. */
export function limitKeyOf(rule: Pick<Rule, "per" | "only">, caller: Caller): string | undefined {
  const { actor } = caller;
  if (rule.only === "guests" && actor.kind !== "guest") return undefined;
  if (rule.only === "known" && actor.kind === "guest" && !actor.pass) return undefined;
  return subjectOf(rule.per, caller);
}

function subjectOf(per: Subject, { actor, addressKey, code }: Caller): string | undefined {
  const known = keyOfKnown(actor);
  const address = `ip_${addressKey}`;
  switch (per) {
    case "address":
      return address;
    case "account":
      return known;
    case "visitor":
      return known ?? address;
    case "person":
      return (code && actor.kind !== "service" ? personKeyOf(actor, code) : known) ?? address;
    case "address in room":
      return code && `${address}:${code}`;
    default:
      return per satisfies never;
  }
}

/** The same from any address; undefined for a guest. */
function keyOfKnown(actor: Caller["actor"]): string | undefined {
  switch (actor.kind) {
    case "account":
      return actor.accountId;
    case "service":
      return `service_${actor.serviceId}`;
    case "guest":
      return undefined;
    default:
      return actor satisfies never;
  }
}
