import { once } from "node:events";
import { expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import { knockAt } from "../tests/support/gatekeeper.ts";
import { type Room, closeOf, useStandIn } from "../tests/support/stand-in-livekit.ts";

const KB = 1024;
const standIn = useStandIn();

test("[K10] LiveKit is never asked for compression, whatever a browser offers", async () => {
  await standIn.connect("meeting", {
    perMessageDeflate: true,
    headers: { "user-agent": "Test/1", cookie: "secret=1" },
  });
  expect(standIn.behind.headers).not.toHaveProperty("sec-websocket-extensions");
  expect(standIn.behind.headers).not.toHaveProperty("cookie");
  expect(standIn.behind.headers).toMatchObject({ "user-agent": "Test/1", "x-forwarded-for": "127.0.0.1" });
});

test.each<{ what: string; offer: string; room: Room; accepted: RegExp | undefined }>([
  {
    what: "a browser's own compression",
    room: "meeting",
    offer: "permessage-deflate; client_max_window_bits",
    accepted: /client_max_window_bits=13/,
  },
  { what: "compression with a large window", offer: "permessage-deflate", room: "meeting", accepted: undefined },
  {
    what: "a guest's compression in the lobby",
    offer: "permessage-deflate; client_max_window_bits",
    room: "lobby",
    accepted: undefined,
  },
])("[K10] $what: $accepted", async ({ offer, accepted, room }) => {
  const { status, socket, headers } = await knockAt(standIn.port(), await standIn.pathTo(room), {
    "sec-websocket-extensions": offer,
  });
  socket?.destroy();
  expect(status).toBe(101);
  const answer = headers?.["sec-websocket-extensions"];
  if (accepted) expect(answer).toMatch(accepted);
  else expect(answer).toBeUndefined();
});

/** What LiveKit receives of a message, and how the browser's connection ends: "open" when it does not. */
async function outcomeOf(message: Buffer, room: Room, options: object = {}) {
  const { browser, server } = await standIn.connect(room, options);
  const got: number[] = [];
  server.on("message", (data: Buffer) => got.push(data.byteLength));
  const [ended, endedBehind] = [closeOf(browser), closeOf(server)];
  browser.send(message);
  const echo = once(server, "ping");
  browser.ping();
  const end = await Promise.race([ended, echo.then(() => ["open"])]);
  if (end[0] !== "open") await endedBehind;
  return { end: end[0], got };
}

test.each([
  { what: "64 kB from a waiting guest", room: "lobby", bytes: 64 * KB, passes: true },
  { what: "a byte more from a waiting guest", room: "lobby", bytes: 64 * KB + 1, passes: false },
  { what: "256 kB in a small meeting", room: "meeting", bytes: 256 * KB, published: 2, passes: true },
  { what: "a byte more in a small meeting", room: "meeting", bytes: 256 * KB + 1, published: 2, passes: false },
  {
    what: "a description of a hundred tracks where there are as many",
    room: "meeting",
    bytes: 700 * KB,
    published: 100,
    passes: true,
  },
  { what: "the same when the tracks are not counted", room: "meeting", bytes: 700 * KB, passes: true },
  { what: "more than any meeting needs", room: "meeting", bytes: 2048 * KB + 1, published: 5000, passes: false },
] as const)("[K10] $what passes: $passes", async ({ room, bytes, passes, ...more }) => {
  standIn.behind.tracks = "published" in more ? more.published : undefined;
  const expected = passes ? { end: "open", got: [bytes] } : { end: 1009, got: [] };
  expect(await outcomeOf(Buffer.alloc(bytes), room)).toEqual(expected);
});

test("[K10] compressed messages count as what they inflate to", async () => {
  standIn.behind.tracks = 2;
  const deflate = { perMessageDeflate: true };
  expect(await outcomeOf(Buffer.alloc(256 * KB), "meeting", deflate)).toEqual({ end: "open", got: [256 * KB] });
  expect(await outcomeOf(Buffer.alloc(256 * KB + 1), "meeting", deflate)).toEqual({ end: 1009, got: [] });
  expect(await outcomeOf(Buffer.alloc(20 * 1024 * KB), "meeting", deflate)).toEqual({ end: 1009, got: [] });
});

test("[K10] a message in parts counts as a whole", async () => {
  standIn.behind.tracks = 2;
  const { browser, server } = await standIn.connect();
  const got = vi.fn();
  server.on("message", got);
  const ended = closeOf(browser);
  for (let part = 0; part < 40; part += 1) browser.send(Buffer.alloc(64 * KB), { fin: false });
  expect((await ended)[0]).toBe(1009);
  expect(got).not.toHaveBeenCalled();
});

test.each([
  { what: "messages", send: (browser: WebSocket) => browser.send(Buffer.alloc(8 * KB)), times: 200, most: 16 },
  { what: "empty messages", send: (browser: WebSocket) => browser.send(""), times: 5_000, most: 2_500 },
  { what: "pings", send: (browser: WebSocket) => browser.ping(), times: 5_000, most: 2_500 },
])("[K10] a guest who sends $what endlessly is cut off", async ({ send, times, most }) => {
  const { browser, server } = await standIn.connect("lobby");
  let got = 0;
  server.on("message", () => (got += 1));
  server.on("ping", () => (got += 1));
  const [ended, endedBehind] = [closeOf(browser), closeOf(server)];
  for (let sent = 0; sent < times; sent += 1) send(browser);
  expect((await ended)[0]).toBe(1008);
  await endedBehind;
  expect(got).toBeGreaterThan(10);
  expect(got).toBeLessThanOrEqual(most);
});

test("[K10] a frame that WebSocket does not allow ends the connection on both sides", async () => {
  const { server } = await standIn.connect();
  const { status, socket } = await knockAt(standIn.port(), await standIn.pathTo("meeting"));
  expect(status).toBe(101);
  const [behindIt] = standIn.connections().filter((one) => one !== server);
  const ended = closeOf(behindIt!);
  // A reserved bit that was not negotiated, as in a compressed frame.
  socket?.write(Buffer.from([0xc2, 0x85, 0, 0, 0, 0, 1, 2, 3, 4, 5]));
  socket?.resume();
  await once(socket!, "close");
  expect((await ended)[0]).toBe(1008);
});
