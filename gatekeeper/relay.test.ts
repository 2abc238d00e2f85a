import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { allowanceInside } from "./allowance.ts";
import { relay } from "./relay.ts";

const KB = 1024;
const open: (WebSocket | WebSocketServer)[] = [];

afterEach(() => {
  vi.useRealTimers();
  for (const one of open.splice(0)) {
    if (one instanceof WebSocketServer) one.close();
    else one.terminate();
  }
});

/** Two ends of a WebSocket, as the relay holds them. */
async function pair(): Promise<{ client: WebSocket; server: WebSocket }> {
  const listener = new WebSocketServer({ port: 0, host: "127.0.0.1", autoPong: false });
  await once(listener, "listening");
  const arrived = once(listener, "connection") as Promise<[WebSocket]>;
  const client = new WebSocket(`ws://127.0.0.1:${(listener.address() as AddressInfo).port}`, { autoPong: false });
  const [[server]] = await Promise.all([arrived, once(client, "open")]);
  open.push(client, server, listener);
  return { client, server };
}

async function relayed() {
  const [front, back] = [await pair(), await pair()];
  relay(front.server, back.client, { allowance: () => allowanceInside(Infinity), clock: Date.now, refused: () => {} });
  return { browser: front.client, ownFront: front.server, ownBack: back.client, livekit: back.server };
}

test("[K12] while a browser does not read, LiveKit is not read either, and nothing is lost", async () => {
  const { browser, ownFront, ownBack, livekit } = await relayed();
  let most = 0;
  ownBack.on("message", () => (most = Math.max(most, ownFront.bufferedAmount)));
  browser.pause();
  // More than the buffers of the TCP connections between them hold.
  const [pieces, bytes] = [1_024, 64 * KB];
  for (let sent = 0; sent < pieces; sent += 1) livekit.send(Buffer.alloc(bytes));
  await vi.waitFor(() => expect(ownBack.isPaused).toBe(true), { timeout: 10_000 });

  let got = 0;
  browser.on("message", (data: Buffer) => (got += data.byteLength));
  browser.resume();
  await vi.waitFor(() => expect(got).toBe(pieces * bytes), { timeout: 10_000 });
  expect(ownBack.isPaused).toBe(false);
  expect(most).toBeGreaterThan(256 * KB);
  // What was in flight when it was paused: one piece, and what the socket had already read.
  expect(most).toBeLessThan(512 * KB);
});

test("[K12] a browser that reads nothing for 20 s is cut off, and LiveKit is notified", async () => {
  const { browser, ownBack, livekit } = await relayed();
  browser.pause();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  for (let sent = 0; sent < 1_024; sent += 1) livekit.send(Buffer.alloc(64 * KB));
  while (!ownBack.isPaused) await new Promise((resolve) => setImmediate(resolve));
  const closed = once(livekit, "close");
  livekit.on("error", () => undefined);
  vi.advanceTimersByTime(20_000);
  await closed;
  expect(ownBack.readyState).not.toBe(WebSocket.OPEN);
});
