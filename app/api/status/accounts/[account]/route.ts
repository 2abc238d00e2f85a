import { operator } from "#lib/health/health-guards.ts";
import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { AccountParams, AccountUse } from "#lib/operators/operator-schema.ts";
import { readAccountUse } from "#lib/operators/operator-service.ts";

/** What an account uses and may use, for operators. */
export const GET = handle(
  { params: AccountParams, answer: AccountUse, allow: operator, limit: "operate" },
  ({ params, nowMs }) => readAccountUse(params.account, nowMs),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
