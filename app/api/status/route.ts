import { operator } from "#lib/health/health-guards.ts";
import { Status } from "#lib/health/health-schema.ts";
import { readStatus } from "#lib/health/health-service.ts";
import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";

/** Regions, sites and live sessions, as they are now, for those who run the site. */
export const GET = handle({ answer: Status, allow: operator, limit: "status" }, ({ nowMs }) => readStatus(nowMs));

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
