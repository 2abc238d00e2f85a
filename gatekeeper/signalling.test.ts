import { once } from "node:events";
import { expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import { knockAt } from "../tests/support/gatekeeper.ts";
import { closeOf, useStandIn } from "../tests/support/stand-in-livekit.ts";

const standIn = useStandIn();

test("[K13] messages arrive as they were sent, text as text and bytes as bytes, both ways and in order", async () => {
  const { browser, server } = await standIn.connect();
  for (const [from, to] of [
    [browser, server],
    [server, browser],
  ] as const) {
    const got: [string, boolean][] = [];
    to.on("message", (data, isBinary) => got.push([String(data), isBinary]));
    from.send("one");
    from.send(Buffer.from("two"));
    from.send("");
    const sent = [
      ["one", false],
      ["two", true],
      ["", false],
    ];
    await vi.waitFor(() => expect(got).toEqual(sent));
  }
});

test("[K13] what is sent the moment a connection opens is not lost", async () => {
  void standIn.nextConnection().then(([server]) => server.send("join"));
  const browser = await standIn.dial("meeting");
  const [data] = await once(browser, "message");
  expect(String(data)).toBe("join");
});

test("[K13] a ping reaches the other end and its answer comes back from there", async () => {
  const { browser, server } = await standIn.connect("meeting", { autoPong: false });
  for (const [from, to] of [
    [browser, server],
    [server, browser],
  ] as const) {
    const [asked, answered] = [once(to, "ping"), once(from, "pong")];
    from.ping("are you there");
    expect(String((await asked)[0])).toBe("are you there");
    to.pong("yes");
    expect(String((await answered)[0])).toBe("yes");
  }
});

test.each([
  { what: "with a code and a reason", end: (socket: WebSocket) => socket.close(4001, "moved"), seen: [4001, "moved"] },
  { what: "normally", end: (socket: WebSocket) => socket.close(1000), seen: [1000, ""] },
  { what: "without a code", end: (socket: WebSocket) => socket.close(), seen: [1005, ""] },
  { what: "without a message", end: (socket: WebSocket) => socket.terminate(), seen: [1006, ""] },
])("[K13] a connection that ends $what ends in the same way at the other side", async ({ end, seen }) => {
  for (const side of ["browser", "server"] as const) {
    const pair = await standIn.connect();
    const other = closeOf(side === "browser" ? pair.server : pair.browser);
    end(pair[side]);
    expect(await other).toEqual(seen);
  }
});

test("[K13] LiveKit's refusal reaches the browser with its status and its sentence", async () => {
  standIn.behind.refusal = { status: 404, body: "requested room does not exist" };
  const { status, body } = await knockAt(standIn.port(), await standIn.pathTo("meeting"));
  expect([status, body]).toEqual([404, "requested room does not exist"]);
});

test("[K11] the fourth connection of one participant ends the oldest", async () => {
  const first = await standIn.connect("meeting", {}, "p_many");
  const ended = closeOf(first.browser);
  const others = [];
  for (let more = 0; more < 3; more += 1) others.push(await standIn.connect("meeting", {}, "p_many"));
  expect((await ended)[0]).toBe(1006);
  expect(others.map(({ browser }) => browser.readyState)).toEqual([1, 1, 1]);
});
