import { systemClock } from "#lib/clock.ts";
import { answer } from "#lib/http/answer.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { respond } from "#lib/http/respond.ts";
import { readMediaEvent } from "#lib/livekit/webhook.ts";
import { handleMediaEvent } from "#lib/presence/presence-service.ts";
import { withRevisions } from "#lib/revisions.ts";

/**
 * LiveKit reports who joined and left. No user calls this, so there is no cookie and no `handle()`: a signature of ours over the
 * body is all that counts.
 */
export function POST(request: Request): Promise<Response> {
  return answer({ request, route: "/api/livekit/webhook" }, async (headers) => {
    const nowMs = systemClock();
    const event = await readMediaEvent(request, nowMs);
    // So that its nudges carry the revision.
    const status = await withRevisions({ isNear: false, seen: 0 }, () => handleMediaEvent(event, nowMs));
    return respond({ status }, 200, headers);
  });
}

export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
