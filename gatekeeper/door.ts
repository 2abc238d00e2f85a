import { type Server, STATUS_CODES, createServer } from "node:http";
import type { Duplex } from "node:stream";
import { createProxyServer } from "httpxy";
import { keepConnections } from "#lib/keep-alive.ts";
import { log } from "#lib/log.ts";
import { count } from "#lib/metrics.ts";
import { networkOf } from "#lib/network-address.ts";
import { Connections } from "./connections.ts";
import { addressOf, answer, isWebSocket } from "./handshake.ts";
import { type JudgePlan, type Refused, readRequest, refusalOf, watchConnection } from "./judge.ts";
import { type SignallingLimits, createSignalling } from "./signalling.ts";
import type { Bearer } from "./token.ts";

export type DoorPlan = JudgePlan & {
  /** The LiveKit server behind. */
  target: string;
  /** Tracks that are published in a room, as far as this gatekeeper counted them; undefined when it did not. */
  tracksIn: (room: string) => number | undefined;
  /** The address of the gatekeeper in front of the server that has the room, if that is another one. */
  otherDoorOf?: (room: string) => Promise<string | undefined>;
};

/** A page of another origin asks here why its WebSocket failed. If it cannot read the answer, it takes the server as down. */
const REFUSAL = { "access-control-allow-origin": "*", "cache-control": "no-store" };

/**
 * Marks a request that another gatekeeper of the site forwarded. If any other client sets it, the request is not forwarded to
 * the room's server, but uses the path that LiveKit offers everyone: messages between its servers.
 */
const SENT_ON = "x-veet-sent-on";

/** The only way to a LiveKit server: signalling of users who are entitled at this moment, and nothing else. */
export function createDoor(plan: DoorPlan): Server {
  const proxy = createProxyServer();
  const signalling = createSignalling();
  const connections = new Connections();
  const server = keepConnections(createServer());

  server.on("request", (request, response) => {
    const refuse = (status: number) => {
      // LiveKit failed in the middle of its answer.
      if (response.headersSent) response.destroy();
      else response.writeHead(status, REFUSAL).end(STATUS_CODES[status]);
    };
    void orRefuse(refuse, async () => {
      const asked = await readRequest(plan, request, false);
      if (typeof asked === "number") return refuse(asked);
      const refusal = await refusalOf(plan, asked.bearer);
      if (refusal) return refuse(refusal);
      request.url = asked.path;
      await proxy.web(request, response, { target: plan.target });
    });
  });

  server.on("upgrade", (request, socket, head) => {
    // A browser that hangs up while we ask Redis must not crash the process.
    socket.on("error", destroyer(socket));
    const refuse = (status: Refused | 429) => {
      count("veet_door_total", { status: `${status}` });
      answer(socket, status, "");
    };
    void orRefuse(refuse, async () => {
      if (!isWebSocket(request.headers)) return refuse(400);
      const asked = await readRequest(plan, request, true);
      if (typeof asked === "number") return refuse(asked);
      const { bearer, path } = asked;
      const address = addressOf(request);
      const over = connections.begin({ ...bearer, network: networkOf(address) }, destroyer(socket));
      if (!over) return refuse(429);
      socket.once("close", over);

      // The gatekeeper that lets a connection in also checks it: the connection is there, and is remembered there.
      const other = request.headers[SENT_ON] === undefined ? await plan.otherDoorOf?.(bearer.room) : undefined;
      const refusal = other === undefined ? await refusalOf(plan, bearer) : undefined;
      if (refusal) return refuse(refusal);
      if (socket.destroyed) return;
      const opened = () => {
        count("veet_door_total", { status: "101" });
        if (other === undefined) watchConnection(plan, bearer, socket);
      };
      const headers = { [SENT_ON]: "1", "x-forwarded-for": address };
      const url = (other ?? plan.target) + path;
      signalling.connect({ request, socket, head, url, headers, opened }, limitsOf(plan, bearer));
    });
  });
  return server;
}

// These two live as long as a connection, and keep no reference to the request that began it.
const destroyer = (socket: Duplex) => () => void socket.destroy();
const limitsOf = ({ tracksIn, clock }: DoorPlan, { room, kind }: Bearer): SignallingLimits => ({
  room: kind,
  tracks: () => tracksIn(room),
  clock,
});

async function orRefuse(refuse: (status: 503) => void, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // The query contains a token: neither it nor the address is logged.
    log("warn", "door.not-forwarded", { error: error instanceof Error ? error.name : "unknown" });
    refuse(503);
  }
}
