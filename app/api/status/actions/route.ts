import { operator } from "#lib/health/health-guards.ts";
import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { ActionDone, OperatorAction } from "#lib/operators/operator-schema.ts";
import { act } from "#lib/operators/operator-service.ts";

/** An operator does one thing to a meeting, a room, an account or a site. */
export const POST = handle(
  { body: OperatorAction, answer: ActionDone, allow: operator, limit: "operate" },
  ({ facts, body, nowMs }) => act(facts, body, nowMs),
);

export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
