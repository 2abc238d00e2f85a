import type { ErrorCode } from "#lib/errors.ts";

/** Those that Next can handle in the API: the rest of the two dozen that Node parses make it throw. */
const API_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** Pages and files are read; everything that changes something goes to the API. Next answers 500 to others of a file. */
export const PAGE_METHODS = ["GET", "HEAD"];
/** What asks for a part of a file, or for it on a condition. Next answers 500 where that cannot be met; without them it sends the whole. */
export const DROPPED_HEADERS = ["range", "if-range", "if-match", "if-unmodified-since"];

/** A name or an address with or without a port. Next builds an address from it, and throws where that fails. */
const HOST = /^([\w.-]{1,253}|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i;

/** Browsers resolve these before they ask. Left to Next, they would make an address of the API one of a page. */
const DOT_SEGMENT = /\/(\.|%2e){1,2}(\/|$)/i;

export type RequestLine = {
  method: string;
  target: string;
  /** Absent only from HTTP/1.0, which some health checks speak. */
  host: string | undefined;
  accept: string | undefined;
};
/** `allow`: the methods that the address takes. */
export type Screened = { target: string } | { refusal: ErrorCode; allow?: string[] };

/**
 * Decides before Next sees a request whether it can be handled at all, and rewrites addresses whose percent-encoding is
 * broken: Next answers 500 to those at every address with a parameter.
 *
 * `/api/rooms/%ff` becomes `/api/rooms/%25ff`, which decodes to a text that is no code, and is answered as such. A page of
 * such an address is "not found" as any other for a browser; whoever asks for no page gets the error itself.
 */
export function screenRequest({ method, target, host, accept = "" }: RequestLine): Screened {
  const isApi = target.startsWith("/api/");
  const allow = isApi ? API_METHODS : PAGE_METHODS;
  if (!target.startsWith("/") || (host !== undefined && !HOST.test(host))) return { refusal: "bad_request" };
  if (!allow.includes(method)) return { refusal: "method_not_allowed", allow };
  const at = target.search(/[?#]/);
  const path = at < 0 ? target : target.slice(0, at);
  if (DOT_SEGMENT.test(path)) return { refusal: "not_found" };
  const repaired = repairPath(path);
  if (repaired === path) return { target };
  if (!isApi && !accept.includes("text/html")) return { refusal: "not_found" };
  return { target: repaired + target.slice(path.length) };
}

/** Escapes the percent signs of each part of the path that does not decode, so that it decodes to itself. */
export function repairPath(path: string): string {
  return path.split("/").map(repairPart).join("/");
}

function repairPart(part: string): string {
  try {
    decodeURIComponent(part);
    return part;
  } catch {
    return part.replaceAll("%", "%25");
  }
}
