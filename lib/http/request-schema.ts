import { RequestId, newRequestId } from "#lib/ids.ts";

/** The header that carries a request's id, from the browser to us and back in the answer. */
export const REQUEST_HEADER = "x-request-id";

/** The id that the browser gave, if it is one; otherwise a new one. It ends in the log, so nothing but its one form is taken. */
export function requestIdOf(headers: Headers): RequestId {
  return RequestId.safeParse(headers.get(REQUEST_HEADER)).data ?? newRequestId();
}
