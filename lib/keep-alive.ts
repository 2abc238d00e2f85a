import type { Server } from "node:http";

/**
 * How long our servers keep an idle connection, in milliseconds: longer than any proxy in front of them keeps one for reuse
 * (Caddy two minutes, an AWS load balancer one). The proxy must close it first: otherwise a request that it sends in that
 * moment is lost, and answered with 502. Node's own value is 5 s.
 */
export const KEEP_CONNECTION_MS = 150_000;

/** Makes a server keep idle connections for that long. */
export function keepConnections<T extends Pick<Server, "keepAliveTimeout">>(server: T): T {
  server.keepAliveTimeout = KEEP_CONNECTION_MS;
  return server;
}
