import { randomInt } from "node:crypto";
import { type Socket, createSocket } from "node:dgram";
import { once } from "node:events";
import { type Server, createServer } from "node:net";
import { Stop } from "./stop.ts";

/**
 * Free ports are looked for here: below those that systems give to outgoing connections (Linux from 32768, macOS and Windows from
 * 49152), so that none is taken by a connection between the finding and the listening.
 */
export const PORTS = { from: 20_000, to: 32_000 };

/**
 * Ports are drawn from blocks of this size, and one process has a block at a time. Two checkouts that start their stacks in the same
 * moment would otherwise find the same free port, and the second to listen on it would fail.
 */
const BLOCK = 100;

/** Finds a TCP port nobody listens on, on loopback. */
export const freePort = () =>
  findPort((port) => bound(createServer().listen({ port, host: "127.0.0.1", exclusive: true })));

/** Finds a UDP port nobody listens on. */
export const freeUdpPort = () => findPort((port) => bound(createSocket("udp4").bind({ port, exclusive: true })));

let firstBlock: number | undefined;
let range = PORTS;

/**
 * From now on the same ports are found in the same order, as long as they are free. What is told of them stays the same, and with it the
 * environment, by which Next's development server knows what it need not compile again.
 * @param seed - Any integer; others lead to other ports.
 * @param among - For tests, which must not meet the stacks that run on this machine.
 */
export function drawSamePorts(seed: number, among = PORTS): void {
  firstBlock = seed;
  range = among;
}

/** Each port is given once, since whoever asked for it may listen only later. */
async function findPort(canBeHad: (port: number) => Promise<boolean>): Promise<number> {
  for (;;) {
    const port = await drawPort();
    if (await canBeHad(port)) return port;
  }
}

let undrawn: number[] = [];
let claiming: Promise<number[]> | undefined;

async function drawPort(): Promise<number> {
  for (;;) {
    const port = undrawn.shift();
    if (port !== undefined) return port;
    // Several ask at once, and one block is enough for all of them.
    claiming ??= claimBlock().finally(() => (claiming = undefined));
    const claimed = await claiming;
    if (undrawn.length === 0) undrawn = claimed;
  }
}

/**
 * Claims a block for the rest of this process's life, by listening on its first port: that can be done by one process only, and the
 * system ends the claim with the process however that ends.
 */
async function claimBlock(): Promise<number[]> {
  const count = (range.to - range.from) / BLOCK;
  const start = firstBlock ?? randomInt(count);
  for (let step = 0; step < count; step += 1) {
    const first = range.from + ((start + step) % count) * BLOCK;
    const claim = createServer((socket) => socket.destroy()).listen({
      port: first,
      host: "127.0.0.1",
      exclusive: true,
    });
    if (!(await isListening(claim))) continue;
    claim.unref();
    return Array.from({ length: BLOCK - 1 }, (_, index) => first + 1 + index);
  }
  throw new Stop(`All ports from ${range.from} to ${range.to} are claimed: end some of the stacks that run here.`);
}

async function bound(socket: Server | Socket): Promise<boolean> {
  if (!(await isListening(socket))) return false;
  socket.close();
  await once(socket, "close");
  return true;
}

/** @returns false where the port is taken. */
async function isListening(socket: Server | Socket): Promise<boolean> {
  try {
    await once(socket, "listening");
    return true;
  } catch {
    return false;
  }
}

/** Says whether somebody listens on this port at any of these addresses. */
export async function isPortTaken(port: number, addresses: string[]): Promise<boolean> {
  for (const address of addresses) if (await isTakenAt(port, address)) return true;
  return false;
}

function isTakenAt(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code === "EADDRINUSE" || error.code === "EACCES"),
    );
    server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve(false)));
  });
}
