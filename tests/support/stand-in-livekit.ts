import { once } from "node:events";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AccessToken } from "livekit-server-sdk";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { newSessionId } from "#lib/ids.ts";
import { WATCHING, lobbyGrant, meetingGrant } from "#lib/tokens/grants.ts";
import { openDoor, portOf } from "./gatekeeper.ts";

const KEY = { apiKey: "unit", apiSecret: "s".repeat(40) };
export type Room = "meeting" | "lobby";

/**
 * A gatekeeper in front of a WebSocket server in LiveKit's place, which shows what reaches it. Other tests prove that a real LiveKit
 * is served.
 */
export function useStandIn() {
  const session = newSessionId();
  const open: WebSocket[] = [];
  const behind: { tracks: number | undefined; refusal: { status: number; body: string } | undefined; headers: object } =
    {
      tracks: undefined,
      refusal: undefined,
      headers: {},
    };
  let livekit: WebSocketServer;
  let server: Server;
  let door: Server;
  let seats = 0;

  beforeAll(async () => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    livekit = new WebSocketServer({ noServer: true, perMessageDeflate: true, autoPong: false });
    server = createServer().on("upgrade", (request, socket, head) => {
      behind.headers = request.headers;
      if (behind.refusal) {
        const { status, body } = behind.refusal;
        return void socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      }
      livekit.handleUpgrade(request, socket, head, (ws) => livekit.emit("connection", ws));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const mayConnect = () => Promise.resolve(true);
    door = await openDoor({ target, key: KEY, mayConnect, tracksIn: () => behind.tracks });
  });

  afterEach(() => {
    Object.assign(behind, { tracks: undefined, refusal: undefined });
    for (const socket of [...open.splice(0), ...livekit.clients]) socket.terminate();
  });

  afterAll(() => {
    for (const one of [door, server]) {
      one.closeAllConnections();
      one.close();
    }
    vi.restoreAllMocks();
  });

  const pathTo = async (room: Room, identity = `p_${(seats += 1)}`): Promise<string> => {
    const token = new AccessToken(KEY.apiKey, KEY.apiSecret, { identity, ttl: 60 });
    token.addGrant(room === "lobby" ? lobbyGrant(`lobby.${session}`) : meetingGrant(`${session}.a`, WATCHING));
    return `/rtc?access_token=${await token.toJwt()}`;
  };
  /** A browser's connection that may not be open yet. */
  const dial = async (room: Room, options: object = {}, identity?: string): Promise<WebSocket> => {
    const browser = new WebSocket(`ws://127.0.0.1:${portOf(door)}${await pathTo(room, identity)}`, options);
    open.push(browser.on("error", () => undefined));
    return browser;
  };

  return {
    /** The server behind the gatekeeper: refuses if `refusal` is set, and keeps the headers of the last request. */
    behind,
    pathTo,
    dial,
    port: () => portOf(door),
    /** All connections at the server. */
    connections: () => [...livekit.clients],
    nextConnection: () => once(livekit, "connection") as Promise<[WebSocket]>,
    /** A browser's connection, and the server's side of it. */
    async connect(room: Room = "meeting", options: object = {}, identity?: string) {
      const arrived = once(livekit, "connection") as Promise<[WebSocket]>;
      const browser = await dial(room, options, identity);
      await once(browser, "open");
      const [connection] = await arrived;
      return { browser, server: connection };
    },
  };
}

/** The code and reason with which a connection is closed. */
export async function closeOf(socket: WebSocket): Promise<[number, string]> {
  const [code, reason] = (await once(socket, "close")) as [number, Buffer];
  return [code, reason.toString()];
}
