import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type ErrorCode, ERRORS } from "#lib/errors.ts";
import { REQUEST_HEADER, requestIdOf } from "#lib/http/request-schema.ts";
import { METHODS, screenRequest } from "#lib/http/screen-request.ts";
import { EVERYWHERE, IN_API, IN_PRODUCTION } from "#lib/http/usual-headers.ts";
import { newRequestId } from "#lib/ids.ts";
import { whereThrown } from "#lib/where-thrown.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type AppServerPlan = {
  /** Next. */
  app: { prepare: () => Promise<void>; getRequestHandler: () => Handler };
  port: number;
  /** Where to listen; everywhere when left out. */
  hostname: string | undefined;
  isDevelopment: boolean;
};

/** Starts to serve the app. What Next cannot handle gets one of our own answers, and Next never sees it. */
export async function startAppServer({ app, port, hostname, isDevelopment }: AppServerPlan): Promise<Server> {
  await app.prepare();
  const handle = app.getRequestHandler();
  const usual = [...EVERYWHERE, ...IN_API, ...(isDevelopment ? [] : IN_PRODUCTION)];
  const server = createServer(
    // The one WebSocket there is: the development server's, by which the page reloads itself. Next leaves any other hanging.
    { shouldUpgradeCallback: ({ url }) => isDevelopment && Boolean(url?.startsWith("/_next/hmr")) },
    (request, response) => {
      const screened = screen(request);
      if ("refusal" in screened) return refuse(response, screened.refusal, requestIdIn(request), usual);
      request.url = screened.target;
      handle(request, response).catch((error: unknown) => fail(request, response, error, usual));
    },
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    // Whoever only went away gets nothing.
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else refuseRaw(socket, error.code === "HPE_HEADER_OVERFLOW" ? "headers_too_large" : "bad_request", usual);
  });
  server.on("connect", (_, socket) => refuseRaw(socket, "method_not_allowed", usual));
  server.listen(port, hostname);
  await once(server, "listening");
  return server;
}

function screen({ method = "", url = "", headers }: IncomingMessage) {
  return screenRequest({ method, target: url, host: headers.host, accept: headers.accept });
}

function requestIdIn({ headers }: IncomingMessage): string {
  const given = headers[REQUEST_HEADER];
  return requestIdOf(new Headers(typeof given === "string" ? { [REQUEST_HEADER]: given } : {}));
}

type HeaderLines = readonly { key: string; value: string }[];

function headersOf(code: ErrorCode, requestId: string, usual: HeaderLines): [string, string][] {
  return [
    ...usual.map(({ key, value }): [string, string] => [key, value]),
    ["Content-Type", "application/json"],
    [REQUEST_HEADER, requestId],
    ...(code === "method_not_allowed" ? [["Allow", [...METHODS].join(", ")] as [string, string]] : []),
  ];
}

function bodyOf(code: ErrorCode): string {
  return JSON.stringify({ error: { code, message: ERRORS[code].message } });
}

function refuse(response: ServerResponse, code: ErrorCode, requestId: string, usual: HeaderLines): void {
  const body = bodyOf(code);
  response.writeHead(ERRORS[code].status, [
    ...headersOf(code, requestId, usual).flat(),
    "Content-Length",
    String(Buffer.byteLength(body)),
  ]);
  response.end(body);
}

/** Next turns what pages and routes throw into answers by itself; this is what it throws itself. Its own log would hold the whole address. */
function fail(request: IncomingMessage, response: ServerResponse, error: unknown, usual: HeaderLines): void {
  const requestId = requestIdIn(request);
  const at = new Date().toISOString();
  const thrown = error instanceof Error ? { error: error.name, thrownAt: whereThrown(error) } : { error: typeof error };
  console.error(JSON.stringify({ at, level: "error", event: "request.internal", requestId, ...thrown }));
  if (response.headersSent) response.destroy();
  else refuse(response, "internal", requestId, usual);
}

/** Answers where Node has no response object to answer with: to what it could not read, and to CONNECT. */
function refuseRaw(socket: Duplex, code: ErrorCode, usual: HeaderLines): void {
  const { status } = ERRORS[code];
  const body = bodyOf(code);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    ...headersOf(code, newRequestId(), usual).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
}
