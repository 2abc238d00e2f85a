import { type IncomingMessage, type Server, STATUS_CODES, createServer } from "node:http";
import type { Duplex } from "node:stream";
import { createProxyServer } from "httpxy";
import { describeError, log } from "#lib/log.ts";
import { readAsk } from "./ask.ts";
import type { Memory } from "./memory.ts";
import { type Bearer, readToken } from "./token.ts";

export type DoorPlan = {
  /** The LiveKit server behind. */
  target: string;
  key: { apiKey: string; apiSecret: string };
  /** Those that are accepted as well, while a key is being replaced. */
  otherKeys?: { apiKey: string; apiSecret: string }[];
  memory: Memory;
  /** Whether Redis says so now. Throws when Redis does not answer. */
  mayConnect: (room: string, identity: string) => Promise<boolean>;
  /** The address of the gatekeeper before the server that has the room, when that is another one. */
  otherDoorOf?: (room: string) => Promise<string | undefined>;
  clock: () => number;
};

type Answer = { status: 200; path: string; room: string } | { status: 400 | 401 | 403 | 404 | 503 };

/** A page of another origin asks here why its WebSocket failed, and takes an answer it cannot read for a server that is down. */
const REFUSAL = { "access-control-allow-origin": "*", "cache-control": "no-store" };

/**
 * Says that another gatekeeper of the site sent this here. Whoever else says so is not sent on to where the room is, and has what
 * LiveKit gives everybody: a way there by messages between its servers.
 */
const SENT_ON = "x-veet-sent-on";

/** The only way to a LiveKit server: signalling of those who are entitled at this moment, and nothing else. */
export function createDoor(plan: DoorPlan): Server {
  const proxy = createProxyServer({ ws: true });
  const server = createServer();

  server.on("request", (request, response) => {
    const refuse = (status: number) => response.writeHead(status, REFUSAL).end(STATUS_CODES[status]);
    void passing(plan, request, false, refuse, async ({ path }) => {
      request.url = path;
      await proxy.web(request, response, { target: plan.target });
    });
  });

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Whoever hangs up while we ask Redis must not bring the process down.
    socket.on("error", () => socket.destroy());
    const refuse = (status: number) =>
      socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    void passing(plan, request, true, refuse, async ({ path, room }) => {
      request.url = path;
      const target = await targetOf(plan, request, room);
      request.headers[SENT_ON] = "1";
      await proxy.ws(request, socket as Parameters<typeof proxy.ws>[1], { target }, head);
    });
  });
  return server;
}

async function passing(
  plan: DoorPlan,
  request: IncomingMessage,
  isUpgrade: boolean,
  refuse: (status: number) => void,
  forward: (passed: { path: string; room: string }) => Promise<void>,
): Promise<void> {
  try {
    const answer = await judge(plan, request, isUpgrade);
    if (answer.status === 200) await forward(answer);
    else refuse(answer.status);
  } catch (error) {
    // The query holds a token: neither it nor the address is written down.
    log("warn", "door.not-forwarded", { error: error instanceof Error ? error.name : "unknown" });
    refuse(503);
  }
}

async function judge(plan: DoorPlan, request: IncomingMessage, isUpgrade: boolean): Promise<Answer> {
  const { method, url, headers } = request;
  const ask = readAsk({ method, url, authorization: headers.authorization }, isUpgrade);
  if (ask.kind === "refused") return { status: ask.status };
  const bearer = await bearerOf([plan.key, ...(plan.otherKeys ?? [])], ask.token);
  if (!bearer) return { status: 401 };
  return (await isEntitled(plan, bearer)) ? { status: 200, path: ask.path, room: bearer.room } : { status: 403 };
}

/**
 * Signalling ends at the server that has the room: when that one dies the connection does, and whoever is in the room learns of it
 * within milliseconds. By way of another server of the site they would hear nothing for seconds.
 */
async function targetOf({ target, otherDoorOf }: DoorPlan, request: IncomingMessage, room: string): Promise<string> {
  if (request.headers[SENT_ON] !== undefined) return target;
  return (await otherDoorOf?.(room)) ?? target;
}

async function bearerOf(keys: DoorPlan["key"][], token: string): Promise<Bearer | undefined> {
  const bearers = await Promise.all(keys.map((key) => readToken(key, token)));
  return bearers.find((bearer) => bearer !== undefined);
}

/** Without Redis nobody gets in, but whoever was known a minute ago may come back. */
async function isEntitled(
  { memory, mayConnect, clock }: DoorPlan,
  { room, identity }: { room: string; identity: string },
) {
  try {
    const isAllowed = await mayConnect(room, identity);
    if (isAllowed) memory.confirm(room, identity, clock());
    else memory.forget(room, identity);
    return isAllowed;
  } catch (error) {
    log("warn", "door.redis-away", { error: describeError(error) });
    return memory.isFresh(room, identity, clock());
  }
}
