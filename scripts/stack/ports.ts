import { randomInt } from "node:crypto";
import { type Socket, createSocket } from "node:dgram";
import { once } from "node:events";
import { type Server, createServer } from "node:net";
import { Stop } from "./stop.ts";

/**
 * The range for free ports. It is below the range for outgoing connections (Linux from 32768, macOS and Windows from 49152), so that
 * no connection takes a port between finding it and listening on it.
 */
export const PORTS = { from: 20_000, to: 32_000 };

/**
 * Ports come from blocks of this size, and a process has one block at a time. Otherwise two checkouts that start at the same time
 * could find the same free port, and the second one to listen on it would fail.
 */
const BLOCK = 100;

/** Finds a free TCP port on loopback. */
export const freePort = () =>
  findPort((port) => bound(createServer().listen({ port, host: "127.0.0.1", exclusive: true })));

/** Finds a free UDP port. */
export const freeUdpPort = () => findPort((port) => bound(createSocket("udp4").bind({ port, exclusive: true })));

let firstBlock: number | undefined;
let range = PORTS;

/**
 * Makes this process find the same ports in the same order at every start, as long as they are free. So the environment stays the
 * same, by which Next's development server decides what it can reuse without compiling.
 * @param seed - Any integer; different seeds give different ports.
 * @param among - For tests, whose ports must not collide with running stacks.
 */
export function drawSamePorts(seed: number, among = PORTS): void {
  firstBlock = seed;
  range = among;
}

/** Returns each port once only, because the caller may start to listen later. */
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
    // Concurrent calls share one block.
    claiming ??= claimBlock().finally(() => (claiming = undefined));
    const claimed = await claiming;
    if (undrawn.length === 0) undrawn = claimed;
  }
}

/**
 * Claims a block for this process by listening on its first port. Only one process can do that, and the system releases the claim
 * when the process ends in any way.
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

/** @returns false if the port is taken. */
async function isListening(socket: Server | Socket): Promise<boolean> {
  try {
    await once(socket, "listening");
    return true;
  } catch {
    return false;
  }
}

/** Whether a process listens on this port at any of these addresses. */
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
