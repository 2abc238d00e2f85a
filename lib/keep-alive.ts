import type { Server } from "node:http";

/**
 * How long a server of ours keeps a connection on which nothing is asked, in milliseconds: longer than whatever stands before it keeps
 * one to ask again (Caddy two minutes, an AWS load balancer one). The one before must be the first to let go, or a request
 * that it sends in that moment is lost, and answered with 502. Node's own value is 5 s.
 */
export const KEEP_CONNECTION_MS = 150_000;

/** Has a server keep its connections for that long. */
export function keepConnections<T extends Pick<Server, "keepAliveTimeout">>(server: T): T {
  server.keepAliveTimeout = KEEP_CONNECTION_MS;
  return server;
}
