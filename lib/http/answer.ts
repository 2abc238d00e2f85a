import "server-only";
import { duringRequest } from "#lib/current-request.ts";
import { log } from "#lib/log.ts";
import { type Report, reportError } from "./report.ts";
import { REQUEST_HEADER, requestIdOf } from "./request-schema.ts";
import { respondError, toAppError } from "./respond.ts";

type Asked = {
  request: Request;
  /** Without its parameters; see `routeOf`. */
  route: string;
  report?: Report;
};

/**
 * What every answer of the API has, whoever asks: an id, which all lines of the log bear that it caused, and a stable code for
 * what is thrown.
 *
 * @param run - Gets the headers that the answer must have.
 */
export function answer(
  { request, route, report = log }: Asked,
  run: (headers: Headers) => Promise<Response>,
): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  const headers = new Headers({ [REQUEST_HEADER]: requestId });
  return duringRequest(requestId, async () => {
    try {
      return await run(headers);
    } catch (thrown) {
      const error = toAppError(thrown);
      reportError(report, error, { route, method: request.method });
      return respondError(error, headers);
    }
  });
}
