import { randomInt } from "node:crypto";
import { type Socket, createSocket } from "node:dgram";
import { once } from "node:events";
import { type Server, createServer } from "node:net";

/**
 * Free ports are looked for here: below those that systems give to outgoing connections (Linux from 32768, macOS and Windows from
 * 49152), so that none is taken by a connection between the finding and the listening.
 */
export const PORTS = { from: 20_000, to: 32_000 };

/** Finds a TCP port nobody listens on, on loopback. */
export const freePort = () =>
  findPort((port) => bound(createServer().listen({ port, host: "127.0.0.1", exclusive: true })));

/** Finds a UDP port nobody listens on. */
export const freeUdpPort = () => findPort((port) => bound(createSocket("udp4").bind({ port, exclusive: true })));

const given = new Set<number>();
let draw = () => randomInt(PORTS.from, PORTS.to);

/**
 * From now on the same ports are found in the same order, as long as they are free. What is told of them stays the same, and with it the
 * environment, by which Next's development server knows what it need not compile again.
 * @param seed any integer; others lead to other ports.
 */
export function drawSamePorts(seed: number): void {
  const count = PORTS.to - PORTS.from;
  let drawn = seed * 100;
  draw = () => PORTS.from + (drawn++ % count);
}

/** Draws until one can be had. Each is given once, since whoever asked for it may listen only later. */
async function findPort(canBeHad: (port: number) => Promise<boolean>): Promise<number> {
  for (;;) {
    const port = draw();
    if (given.has(port)) continue;
    given.add(port);
    if (await canBeHad(port)) return port;
  }
}

async function bound(socket: Server | Socket): Promise<boolean> {
  try {
    await once(socket, "listening");
  } catch {
    return false; // taken
  }
  socket.close();
  await once(socket, "close");
  return true;
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
