import "server-only";
import { AppError } from "#lib/errors.ts";
import { answer } from "./answer.ts";

/** The methods that Next passes to a route. HEAD is GET without a body; Next answers OPTIONS itself. */
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];
type Handler = (request: Request) => Promise<Response>;

/**
 * Returns handlers for the methods that a route does not support. They answer our own 405; Next's has no body, no code and no
 * request id.
 *
 * @example export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
 */
export function otherMethods(...taken: Method[]): Record<Method, Handler> {
  const allow = [...taken, ...(taken.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  return forEachMethod((headers) => {
    headers.set("allow", allow);
    return new AppError("method_not_allowed");
  });
}

/** Returns handlers for addresses that do not exist. */
export function nothingHere(): Record<Method, Handler> {
  return forEachMethod(() => new AppError("not_found"));
}

function forEachMethod(refuse: (headers: Headers) => AppError): Record<Method, Handler> {
  // The log must not contain the address itself: it can be any text.
  const handler: Handler = (request) =>
    answer({ request, route: "/api" }, (headers) => Promise.reject(refuse(headers)));
  return Object.fromEntries(METHODS.map((method) => [method, handler])) as Record<Method, Handler>;
}
