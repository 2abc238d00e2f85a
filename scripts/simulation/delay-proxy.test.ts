import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { startTcpPath, startUdpPath } from "./delay-proxy.ts";
import { freePort, freeUdpPort } from "../stack/ports.ts";

const ADDRESS = "127.0.0.1";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function udp(): Promise<Socket & { port: number }> {
  const socket = createSocket("udp4");
  socket.bind(0, ADDRESS);
  await once(socket, "listening");
  closing.push(() => socket.close());
  return Object.assign(socket, { port: socket.address().port });
}

/** A server that sends every packet back, and records the senders. */
async function echo(): Promise<{ port: number; heard: string[] }> {
  const server = await udp();
  const heard: string[] = [];
  server.on("message", (packet, { port, address }) => {
    const from = `${address}:${port}`;
    if (!heard.includes(from)) heard.push(from);
    server.send(packet, port, address);
  });
  return { port: server.port, heard };
}

async function exchange(browser: Socket, port: number, packets: string[]): Promise<string[]> {
  const answers: string[] = [];
  const all = new Promise<void>((resolve) => {
    browser.on("message", (answer) => {
      answers.push(answer.toString());
      if (answers.length === packets.length) resolve();
    });
  });
  for (const packet of packets) browser.send(packet, port, ADDRESS);
  await all;
  return answers;
}

test("media is delayed by the round trip, keeps its order, and is counted per peer and direction", async () => {
  const [port, behind] = [await freeUdpPort(), await echo()];
  const server = { address: ADDRESS, port: behind.port };
  const path = await startUdpPath({ address: ADDRESS, port, server, roundTripMs: 40 });
  closing.push(path.close);
  const [ada, ben] = [await udp(), await udp()];

  const startMs = performance.now();
  const packets = Array.from({ length: 20 }, (_, index) => `packet ${index}`);
  expect(await exchange(ada, port, packets)).toEqual(packets);
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(40);
  expect(await exchange(ben, port, ["12345"])).toEqual(["12345"]);

  const bytes = packets.join("").length;
  expect([...path.peers()]).toEqual([
    [behind.heard[0], { up: { packets: 20, bytes }, down: { packets: 20, bytes } }],
    [behind.heard[1], { up: { packets: 1, bytes: 5 }, down: { packets: 1, bytes: 5 } }],
  ]);
  expect(path.total().up).toEqual({ packets: 21, bytes: bytes + 5 });
});

async function listen(answer: string): Promise<number> {
  const server: Server = createServer((socket) => void socket.end(answer)).listen(0, ADDRESS);
  await once(server, "listening");
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}
async function through(port: number, question = "?"): Promise<string> {
  const socket = connect(port, ADDRESS);
  socket.end(question);
  return text(socket);
}

test("a connection takes a round trip to open and another one for its answer, which arrives complete", async () => {
  const long = "signal".repeat(50_000);
  const path = await startTcpPath([await listen(long)], 40);
  closing.push(path.close);
  const startMs = performance.now();
  expect(await through(path.port)).toBe(long);
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(60);
});

test("connections go to the nodes in turn, and skip a dead one", async () => {
  const [first, second, dead] = [await listen("first"), await listen("second"), await freePort()];
  const path = await startTcpPath([first, second, dead]);
  closing.push(path.close);
  const answers: string[] = [];
  for (const _ of [1, 2, 3, 4]) answers.push(await through(path.port));
  expect(answers).toEqual(["first", "second", "first", "first"]);
});

test("when every node is dead the connection ends without an answer", async () => {
  const path = await startTcpPath([await freePort()]);
  closing.push(path.close);
  await expect(through(path.port).catch((error: NodeJS.ErrnoException) => error.code ?? "")).resolves.toMatch(
    /^$|ECONNRESET/,
  );
});

test("an address that is not this machine's is an error with instructions", async () => {
  const server = { address: ADDRESS, port: 1 };
  const plan = { address: "192.0.2.1", port: await freeUdpPort(), server, roundTripMs: 0 };
  await expect(startUdpPath(plan)).rejects.toThrow("sudo ifconfig lo0 alias 192.0.2.1");
});
