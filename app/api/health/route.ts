import { answer } from "#lib/http/answer.ts";
import { checkHealth } from "#lib/http/health.ts";
import { otherMethods } from "#lib/http/other-methods.ts";

/** For load balancers: can this server answer at all. Where meetings can begin is in /api/health/regions. */
export const GET = (request: Request) => answer({ request, route: "/api/health" }, (headers) => checkHealth(headers));
// Asked at run time, never while building.
export const dynamic = "force-dynamic";

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
