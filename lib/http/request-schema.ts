import { isRequestId, newRequestId } from "#lib/id-forms.ts";
import type { RequestId } from "#lib/ids.ts";

/** The header that carries a request's id, from the browser to us and back in the answer. */
export const REQUEST_HEADER = "x-request-id";

/** The id that the browser sent, if it is valid; otherwise a new one. It is logged, so only this one form is accepted. */
export function requestIdOf(headers: Headers): RequestId {
  const sent = headers.get(REQUEST_HEADER) ?? "";
  return isRequestId(sent) ? sent : newRequestId();
}
