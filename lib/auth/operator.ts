import "server-only";
import { env } from "#lib/env.ts";
import type { AccountActor, Actor } from "./actor.ts";

/** Whether this is an operator, by the list in OPERATORS. */
export function isOperator(actor: Actor): actor is AccountActor {
  return actor.kind === "account" && env().OPERATORS.includes(actor.accountId);
}
