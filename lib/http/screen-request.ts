import type { ErrorCode } from "#lib/errors.ts";

/** Those that Next can handle: the rest of the two dozen that Node parses make it throw. */
export const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** A name or an address with or without a port. Next builds an address from it, and throws where that fails. */
const HOST = /^([\w.-]{1,253}|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i;

export type RequestLine = {
  method: string;
  target: string;
  /** Absent only from HTTP/1.0, which some health checks speak. */
  host: string | undefined;
  accept: string | undefined;
};
export type Screened = { target: string } | { refusal: ErrorCode };

/**
 * Decides before Next sees a request whether it can be handled at all, and rewrites addresses whose percent-encoding is
 * broken: Next answers 500 to those at every address with a parameter.
 *
 * `/api/rooms/%ff` becomes `/api/rooms/%25ff`, which decodes to a text that is no code, and is answered as such. A page of
 * such an address is "not found" as any other for a browser; whoever asks for no page gets the error itself.
 */
export function screenRequest({ method, target, host, accept = "" }: RequestLine): Screened {
  if (!METHODS.has(method)) return { refusal: "method_not_allowed" };
  if (!target.startsWith("/") || (host !== undefined && !HOST.test(host))) return { refusal: "bad_request" };
  const at = target.search(/[?#]/);
  const path = at < 0 ? target : target.slice(0, at);
  const repaired = repairPath(path);
  if (repaired === path) return { target };
  if (!path.startsWith("/api/") && !accept.includes("text/html")) return { refusal: "not_found" };
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
