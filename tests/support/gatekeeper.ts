import type { AddressInfo } from "node:net";
import { type IncomingMessage, type Server, request } from "node:http";
import type { Duplex } from "node:stream";
import { type DoorPlan, createDoor } from "../../gatekeeper/door.ts";
import { Outage } from "../../gatekeeper/outage.ts";
import { Remembered } from "../../gatekeeper/remembered.ts";
import { createSweep } from "../../gatekeeper/sweep.ts";

/** A gatekeeper's proxy on its own port; by default it admits no one. */
export async function openDoor(plan: Partial<DoorPlan> & Pick<DoorPlan, "target" | "key">): Promise<Server> {
  const door = createDoor({
    remembered: new Remembered(),
    outage: new Outage(),
    mayConnect: () => Promise.resolve(false),
    isListed: () => Promise.resolve(false),
    remove: () => Promise.resolve(),
    tracksIn: () => undefined,
    clock: Date.now,
    ...plan,
  });
  await new Promise<void>((resolve) => void door.listen(0, "127.0.0.1", resolve));
  return door;
}

export const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** Sweeps these LiveKit rooms once, like a gatekeeper with an empty memory. */
export function sweepOnce(site: string, rooms: readonly string[], nowMs: number): Promise<void> {
  const listRooms = () => Promise.resolve(rooms);
  return createSweep({ site, listRooms, remembered: new Remembered(), outage: new Outage() }).run(nowMs);
}

export type Knock = { status: number; socket?: Duplex; body?: string; headers?: IncomingMessage["headers"] };

/** Opens a WebSocket as a browser does. The status is 101 when it is open. */
export function knockAt(port: number, path: string, headers: Record<string, string> = {}): Promise<Knock> {
  const asked = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const asking = request({ port, path, headers: asked });
    asking.on("upgrade", (response, socket) => resolve({ status: 101, socket, headers: response.headers }));
    asking.on("response", (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    asking.on("error", reject).end();
  });
}
