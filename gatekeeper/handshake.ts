import { type IncomingHttpHeaders, type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

const KEY = /^[+/0-9A-Za-z]{22}==$/;

/** Whether a request to upgrade is one that we can answer; checked before LiveKit is asked. */
export function isWebSocket(headers: IncomingHttpHeaders): boolean {
  const { upgrade, "sec-websocket-key": key, "sec-websocket-version": version } = headers;
  return upgrade?.toLowerCase() === "websocket" && version === "13" && KEY.test(key ?? "");
}

/**
 * The network address that a request is from. Only the last entry was written by the proxy in front of us; all entries before
 * it are the browser's own claims.
 */
export function addressOf(request: IncomingMessage): string {
  const noted = [request.headers["x-forwarded-for"] ?? ""].flat().join(",").split(",").at(-1)?.trim();
  return noted || (request.socket.remoteAddress ?? "");
}

/** Answers a request to upgrade with a status, and closes it. */
export function answer(socket: Duplex, status: number, body: string): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8`;
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
