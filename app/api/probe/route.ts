import { systemClock } from "#lib/clock.ts";
import { ProbeAnswer } from "#lib/health/health-schema.ts";
import { probeSites } from "#lib/health/health-service.ts";
import { answer } from "#lib/http/answer.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { requireProbeSecret } from "#lib/http/probe-secret.ts";
import { respond } from "#lib/http/respond.ts";

/** A schedule has every site looked at. No person asks here, so there is no cookie and no `handle()`: the secret counts. */
export const POST = (request: Request) =>
  answer({ request, route: "/api/probe" }, async (headers) => {
    requireProbeSecret(request.headers);
    const looked = await probeSites(systemClock());
    return respond(ProbeAnswer.parse({ looked }), 200, headers);
  });

export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
