import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { json } from "node:stream/consumers";
import { keepConnections } from "#lib/keep-alive.ts";

/** One command, as `["HSET", "key", "field", "value"]`. */
export type Command = [name: string, ...args: string[]];
/** The result of one of several commands; each has its own. */
export type Outcome = { result: unknown } | { error: string };

/** The Redis behind the bridge. Its errors reach the caller as text. */
export type RedisBehind = {
  run: (command: Command) => Promise<unknown>;
  /** Runs several in order; each gets its result even if an earlier one failed. */
  pipeline: (commands: Command[]) => Promise<Outcome[]>;
  /** Runs all in MULTI/EXEC; throws when Redis refuses the transaction. */
  transaction: (commands: Command[]) => Promise<Outcome[]>;
};

export type RestBridge = { url: string; token: string; close: () => Promise<void> };

/**
 * Serves Upstash's REST protocol in front of a TCP Redis, so that `@upstash/redis` is the only client we need: `POST /` for one
 * command, `/pipeline` and `/multi-exec` for several. Listens on loopback by default.
 */
export async function startRedisRestBridge(
  redis: RedisBehind,
  token: string,
  port = 0,
  host = "127.0.0.1",
): Promise<RestBridge> {
  const server = createServer((request, response) => {
    answer(redis, token, request).then(
      ([status, body]) => send(request, response, status, body),
      (error: unknown) => send(request, response, 400, { error: messageOf(error) }),
    );
  });
  keepConnections(server);
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The bridge has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    token,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function answer(redis: RedisBehind, token: string, request: IncomingMessage): Promise<[number, unknown]> {
  if (!isAuthorized(request.headers.authorization, token)) return [401, { error: "Unauthorized" }];
  if (request.method !== "POST") return [405, { error: "Only POST is supported" }];
  const body = await json(request);
  switch (request.url?.split("?")[0]) {
    case "/":
      return [200, { result: await redis.run(commandOf(body)) }];
    case "/pipeline":
      return [200, await redis.pipeline(commandsOf(body))];
    case "/multi-exec":
      return [200, await redis.transaction(commandsOf(body))];
    default:
      return [404, { error: "Not found" }];
  }
}

function isAuthorized(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function commandsOf(body: unknown): Command[] {
  if (!Array.isArray(body)) throw new Error("ERR failed to parse pipeline request");
  return body.map(commandOf);
}

function commandOf(body: unknown): Command {
  if (!Array.isArray(body) || body.length === 0) throw new Error("ERR failed to parse command");
  const [name, ...args] = body.map((word: unknown) => (typeof word === "string" ? word : JSON.stringify(word)));
  return [name ?? "", ...args];
}

function send(request: IncomingMessage, response: ServerResponse, status: number, body: unknown): void {
  const wantsBase64 = request.headers["upstash-encoding"] === "base64" && status === 200;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(wantsBase64 ? withEncodedResults(body) : body));
}

function withEncodedResults(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withEncodedResults);
  if (typeof body === "object" && body !== null && "result" in body) return { result: encode(body.result) };
  return body;
}

/** Like Upstash: encodes every string in a result, except a bare OK. */
function encode(result: unknown): unknown {
  if (Array.isArray(result)) return result.map(encode);
  return typeof result === "string" && result !== "OK" ? Buffer.from(result).toString("base64") : result;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
