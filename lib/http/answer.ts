import "server-only";
import { duringRequest } from "#lib/current-request.ts";
import type { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { count, timed } from "#lib/metrics.ts";
import { traceRequest } from "#lib/trace.ts";
import type { Later } from "#lib/later.ts";
import { later } from "./later.ts";
import { type Report, reportError } from "./report.ts";
import { REQUEST_HEADER, requestIdOf } from "./request-schema.ts";
import { respondError, toAppError } from "./respond.ts";

type Asked = {
  request: Request;
  /** Without its parameters; see `routeOf`. */
  route: string;
  report?: Report;
  after?: Later;
};

/**
 * What every API answer has, for any caller: an id that all log lines of the request carry, a stable code for errors, and a
 * span where traces are collected.
 *
 * @param run - Receives the headers that the answer must have.
 */
export function answer(
  { request, route, report = log, after = later }: Asked,
  run: (headers: Headers) => Promise<Response>,
): Promise<Response> {
  const { method } = request;
  const requestId = requestIdOf(request.headers);
  const headers = new Headers({ [REQUEST_HEADER]: requestId });
  const facts = { "http.request.method": method, "http.route": route, "veet.request_id": requestId };
  return duringRequest(requestId, async () => {
    const { result, flush } = await traceRequest(`${method} ${route}`, facts, async (note) => {
      const { response, error } = await timed("veet_answer_seconds", {}, () => answered(run, headers));
      count("veet_answers_total", { code: error?.code ?? "ok" });
      if (error) {
        note({ "error.type": error.code });
        reportError(report, error, { route, method });
      }
      note({ "http.response.status_code": response.status });
      return response;
    });
    if (flush) after(flush);
    return result;
  });
}

async function answered(
  run: (headers: Headers) => Promise<Response>,
  headers: Headers,
): Promise<{ response: Response; error?: AppError }> {
  try {
    return { response: await run(headers) };
  } catch (thrown) {
    const error = toAppError(thrown);
    return { response: respondError(error, headers), error };
  }
}
