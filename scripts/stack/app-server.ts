import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import type { Duplex } from "node:stream";
import { type ErrorCode, ERRORS } from "#lib/errors.ts";
import { REQUEST_HEADER, requestIdOf } from "#lib/http/request-schema.ts";
import { count } from "#lib/metrics.ts";
import { isRouterState, ROUTER_STATE_HEADER } from "#lib/http/router-state.ts";
import { DROPPED_HEADERS, screenRequest } from "#lib/http/screen-request.ts";
import { EVERYWHERE, IN_API, IN_PRODUCTION } from "#lib/http/usual-headers.ts";
import { newRequestId } from "#lib/ids.ts";
import { whereThrown } from "#lib/where-thrown.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type AppServerPlan = {
  /** Next. */
  app: { prepare: () => Promise<void>; getRequestHandler: () => Handler };
  port: number;
  /** The address to listen on; all addresses if undefined. */
  hostname: string | undefined;
  isDevelopment: boolean;
};

/** Starts the app's HTTP server. Requests that Next cannot handle get our own answer and do not reach Next. */
export async function startAppServer({ app, port, hostname, isDevelopment }: AppServerPlan): Promise<Server> {
  await app.prepare();
  const handle = app.getRequestHandler();
  const usual = [...EVERYWHERE, ...IN_API, ...(isDevelopment ? [] : IN_PRODUCTION)];
  const server = createServer(
    // The only WebSocket is the development server's, for reloading pages. Next would leave any other one open.
    { shouldUpgradeCallback: ({ url }) => isDevelopment && Boolean(url?.startsWith("/_next/hmr")) },
    (request, response) => {
      const screened = screen(request);
      if ("refusal" in screened) return refuse(request, response, screened, usual);
      request.url = screened.target;
      dropHeaders(request.headers);
      handle(request, response).catch((error: unknown) => fail(request, response, error, usual));
    },
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    // The client has closed the connection.
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else refuseRaw(socket, error.code === "HPE_HEADER_OVERFLOW" ? "headers_too_large" : "bad_request", usual);
  });
  // An "Expect" header other than 100-continue: Node would answer without a body.
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) =>
    refuse(request, response, { refusal: "bad_request" }, usual),
  );
  server.on("connect", (_, socket) => refuseRaw(socket, "method_not_allowed", usual));
  server.listen(port, hostname);
  await once(server, "listening");
  return server;
}

/** Removes headers to which Next answers 500; see lib/http/screen-request.ts and router-state.ts. */
function dropHeaders(headers: IncomingHttpHeaders): void {
  for (const name of DROPPED_HEADERS) delete headers[name];
  const state = headers[ROUTER_STATE_HEADER];
  if (state !== undefined && !isRouterState(String(state))) delete headers[ROUTER_STATE_HEADER];
}

function screen({ method = "", url = "", headers }: IncomingMessage) {
  return screenRequest({ method, target: url, host: headers.host, accept: headers.accept });
}

function requestIdIn({ headers }: IncomingMessage): string {
  const given = headers[REQUEST_HEADER];
  return requestIdOf(new Headers(typeof given === "string" ? { [REQUEST_HEADER]: given } : {}));
}

type HeaderLines = readonly { key: string; value: string }[];

function headersOf(requestId: string, usual: HeaderLines): [string, string][] {
  return [
    ...usual.map(({ key, value }): [string, string] => [key, value]),
    ["Content-Type", "application/json"],
    [REQUEST_HEADER, requestId],
  ];
}

function bodyOf(code: ErrorCode): string {
  return JSON.stringify({ error: { code, message: ERRORS[code].message } });
}

type Refusal = { refusal: ErrorCode; allow?: string[] };

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { refusal, allow }: Refusal,
  usual: HeaderLines,
): void {
  count("veet_answers_total", { code: refusal });
  for (const [name, value] of headersOf(requestIdIn(request), usual)) response.setHeader(name, value);
  if (allow) response.setHeader("Allow", allow.join(", "));
  response.statusCode = ERRORS[refusal].status;
  response.end(bodyOf(refusal));
}

/** For errors thrown by Next itself; Next handles those of pages and routes. Next's own log line would contain the full URL. */
function fail(request: IncomingMessage, response: ServerResponse, error: unknown, usual: HeaderLines): void {
  const requestId = requestIdIn(request);
  const at = new Date().toISOString();
  const thrown = error instanceof Error ? { error: error.name, thrownAt: whereThrown(error) } : { error: typeof error };
  console.error(JSON.stringify({ at, level: "error", event: "request.internal", requestId, ...thrown }));
  if (response.headersSent) response.destroy();
  else refuse(request, response, { refusal: "internal" }, usual);
}

/** Answers when Node provides no response object: for unreadable requests and CONNECT. */
function refuseRaw(socket: Duplex, code: ErrorCode, usual: HeaderLines): void {
  count("veet_answers_total", { code });
  const { status } = ERRORS[code];
  const body = bodyOf(code);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    ...headersOf(newRequestId(), usual).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
}
