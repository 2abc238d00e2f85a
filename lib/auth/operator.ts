import "server-only";
import { env } from "#lib/env.ts";
import type { AccountActor, Actor } from "./actor.ts";

/** Whether this is one of those who run the site, by the list in OPERATORS. */
export function isOperator(actor: Actor): actor is AccountActor {
  return actor.kind === "account" && env().OPERATORS.includes(actor.accountId);
}
