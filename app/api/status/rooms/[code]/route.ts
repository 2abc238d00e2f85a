import { operator } from "#lib/health/health-guards.ts";
import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { FindParams, FoundRoom } from "#lib/operators/operator-schema.ts";
import { findRoom } from "#lib/operators/operator-service.ts";

/** Whose room a link leads to, for operators. */
export const GET = handle({ params: FindParams, answer: FoundRoom, allow: operator, limit: "operate" }, ({ params }) =>
  findRoom(params.code),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
