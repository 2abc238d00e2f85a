import type { ErrorCode } from "#lib/errors.ts";

/** The methods that Next can handle. It throws for the other two dozen that Node parses. */
const API_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** Pages and files are only read; changes go through the API. Next answers 500 to other methods for a file. */
export const PAGE_METHODS = ["GET", "HEAD"];
/**
 * Headers that ask for a part of a file, or set a condition. Next answers 500 when it cannot satisfy them; without them it
 * sends the whole file.
 */
export const DROPPED_HEADERS = ["range", "if-range", "if-match", "if-unmodified-since"];

/** A host name or address, with or without a port. Next builds a URL from it and throws when that fails. */
const HOST = /^([\w.-]{1,253}|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i;

/** Browsers resolve these before they send a request. Resolved by Next, an API address would become the address of a page. */
const DOT_SEGMENT = /\/(\.|%2e){1,2}(\/|$)/i;

export type RequestLine = {
  method: string;
  target: string;
  /** Missing only in HTTP/1.0, which some health checks use. */
  host: string | undefined;
  accept: string | undefined;
};
/** `allow`: the methods that the address supports. */
export type Screened = { target: string } | { refusal: ErrorCode; allow?: string[] };

/**
 * Decides whether Next can handle a request before Next sees it, and rewrites addresses with broken percent-escapes: Next
 * answers them with 500 wherever the route has a parameter.
 *
 * `/api/rooms/%ff` becomes `/api/rooms/%25ff`, which decodes to a text that is not a code and is answered as such. For a page,
 * a browser gets the usual "not found" page, and any other client the error as JSON.
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

/** Escapes the percent signs in each part of the path that cannot be decoded, so that it decodes to itself. */
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
