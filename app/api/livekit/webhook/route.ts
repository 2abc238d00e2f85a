import { systemClock } from "#lib/clock.ts";
import { reportError } from "#lib/http/report.ts";
import { respond, respondError, toAppError } from "#lib/http/respond.ts";
import { readMediaEvent } from "#lib/livekit/webhook.ts";
import { log } from "#lib/log.ts";
import { handleMediaEvent } from "#lib/presence/presence-service.ts";

/**
 * LiveKit tells who came and went. No person asks here, so there is no cookie and no `handle()`: a signature of ours over the
 * body is all that counts.
 */
export async function POST(request: Request): Promise<Response> {
  const headers = new Headers({ "x-request-id": crypto.randomUUID() });
  const nowMs = systemClock();
  try {
    const event = await readMediaEvent(request, nowMs);
    return respond({ status: await handleMediaEvent(event, nowMs) }, 200, headers);
  } catch (thrown) {
    const error = toAppError(thrown);
    const requestId = headers.get("x-request-id") ?? "";
    reportError(log, error, { route: "/api/livekit/webhook", method: "POST", requestId });
    return respondError(error, headers);
  }
}
