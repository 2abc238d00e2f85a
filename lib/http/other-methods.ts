import "server-only";
import { AppError } from "#lib/errors.ts";
import { answer } from "./answer.ts";

/** Those that Next hands to a route. HEAD is GET without its body; OPTIONS Next answers by itself. */
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];
type Handler = (request: Request) => Promise<Response>;

/**
 * Gives handlers for the methods that a route does not take, so that they get our own 405 and not Next's, which has no
 * body, no code and no request id.
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

/** Handlers for an address at which there is nothing. */
export function nothingHere(): Record<Method, Handler> {
  return forEachMethod(() => new AppError("not_found"));
}

function forEachMethod(refuse: (headers: Headers) => AppError): Record<Method, Handler> {
  // The address is not ours, so it is not a route's name: it may hold anything.
  const handler: Handler = (request) =>
    answer({ request, route: "/api" }, (headers) => Promise.reject(refuse(headers)));
  return Object.fromEntries(METHODS.map((method) => [method, handler])) as Record<Method, Handler>;
}
