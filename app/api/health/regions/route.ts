import { systemClock } from "#lib/clock.ts";
import { readRegionsHealth } from "#lib/health/health-service.ts";
import { RegionsHealth } from "#lib/health/health-schema.ts";
import { answer } from "#lib/http/answer.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { respond } from "#lib/http/respond.ts";

/**
 * For people and monitors: in which regions meetings can begin. 503 when in none. It is not limited: it reads what was seen
 * within the last minute, and looks itself no more often than that.
 */
export const GET = (request: Request) =>
  answer({ request, route: "/api/health/regions" }, async (headers) => {
    const content = RegionsHealth.parse(await readRegionsHealth(systemClock()));
    const isAnyUp = content.regions.some(({ health }) => health === "up");
    return respond(content, isAnyUp ? 200 : 503, headers);
  });
// Asked at run time, never while building.
export const dynamic = "force-dynamic";

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
