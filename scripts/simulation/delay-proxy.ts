import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { createDelayLine } from "./delay-line.ts";
import { Stop } from "../stack/stop.ts";
import { count, noCrossing, sum, type Crossing, type Traffic } from "./traffic.ts";

/** The distance is simulated in user space, because not every kernel has `tc netem` and it always needs root. */
export const DEFAULT_ROUND_TRIP_MS = 76;

/** In milliseconds. A peer that is silent for this long is gone: browsers check their path every few seconds. */
const IDLE_LIMIT_MS = 60_000;

export type TcpPath = {
  port: number;
  /** Delays everything by this much more, in milliseconds, each way; 0 restores the initial delay. */
  slowDown: (byMs: number) => void;
  close: () => Promise<void>;
};

/**
 * Forwards to the first of several local ports that accepts the connection, starting with a different one each time, as a load balancer
 * does. Data takes half the round trip each way, and the handshake takes a whole one.
 */
export async function startTcpPath(targets: readonly number[], roundTripMs = 0): Promise<TcpPath> {
  const open = new Set<Socket>();
  let turn = 0;
  let slowedByMs = 0;
  const oneWayMs = () => roundTripMs / 2 + slowedByMs;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    open.add(near.on("close", () => open.delete(near)));
    const begin = createDelayLine<number>(roundTripMs, (first) => {
      void connectFirst([...targets.slice(first), ...targets.slice(0, first)]).then((far) => {
        if (!far || near.destroyed) return void (near.destroy(), far?.destroy());
        open.add(far.on("close", () => open.delete(far)));
        pipe(near, far, oneWayMs);
        pipe(far, near, oneWayMs);
      });
    });
    near.on("error", () => near.destroy());
    begin(turn++ % targets.length);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A TCP socket has no port");
  return {
    port: address.port,
    slowDown(byMs) {
      slowedByMs = byMs;
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** @returns undefined when no port is listening. */
async function connectFirst(ports: readonly number[]): Promise<Socket | undefined> {
  for (const port of ports) {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    const isConnected = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true)).on("error", () => (socket.destroy(), resolve(false)));
    });
    if (isConnected) return socket;
  }
  return undefined;
}

/** Forwards everything in order, including the end and a reset. */
function pipe(from: Socket, to: Socket, delayMs: () => number): void {
  const cross = createDelayLine<() => void>(delayMs, (arrive) => arrive());
  from.on("data", (chunk: Buffer) => cross(() => void to.write(chunk)));
  from.on("end", () => cross(() => void to.end()));
  from.on("close", (isBroken) => cross(() => void (isBroken ? to.destroy() : to.end())));
  from.setNoDelay(true);
}

export type UdpPlan = {
  /** The address that browsers receive. */
  address: string;
  port: number;
  server: { address: string; port: number };
  roundTripMs: number;
};
export type UdpPath = {
  /**
   * What each browser's connection has sent and received, by the `address:port` that the server sees. Browsers learn it from the
   * server, so it is also the local candidate in their statistics.
   */
  peers: () => ReadonlyMap<string, Readonly<Crossing>>;
  total: () => Crossing;
  close: () => Promise<void>;
};

/**
 * Forwards media packets between browsers and one server, each delayed by half the round trip.
 *
 * @throws Stop when the address is not this machine's: some systems have only one loopback address.
 */
export async function startUdpPath(plan: UdpPlan): Promise<UdpPath> {
  const front = await bind(plan.address, plan.port);
  const crossings = new Map<string, Crossing>();
  const peers = new Map<string, Peer>();
  front.on("message", (packet, { address, port }) => {
    const origin = `${address}:${port}`;
    let peer = peers.get(origin);
    if (!peer) {
      peer = createPeer(plan, {
        answer: (answer) => front.send(answer, port, address, ignore),
        onNamed: (name, crossing) => crossings.set(name, crossing),
        onClosed: () => peers.delete(origin),
      });
      peers.set(origin, peer);
    }
    peer.send(packet);
  });
  return {
    peers: () => crossings,
    total: () => sum(crossings.values()),
    async close() {
      for (const { close } of peers.values()) close();
      front.close();
      await once(front, "close");
    },
  };
}

type Peer = { send: (packet: Buffer) => void; close: () => void };
type PeerEvents = {
  answer: (packet: Buffer) => void;
  onNamed: (name: string, crossing: Crossing) => void;
  onClosed: () => void;
};

/** Gives one browser's connection its own socket towards the server, so that answers can be routed back. */
function createPeer(plan: UdpPlan, { answer, onNamed, onClosed }: PeerEvents): Peer {
  const crossing = noCrossing();
  const socket = createSocket("udp4");
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    clearTimeout(idle);
    socket.close();
    onClosed();
  };
  const idle = setTimeout(close, IDLE_LIMIT_MS).unref();
  const across = (traffic: Traffic, arrive: (packet: Buffer) => void) =>
    createDelayLine<Buffer>(plan.roundTripMs / 2, (packet) => {
      if (!isOpen) return;
      count(traffic, packet.length);
      arrive(packet);
    });
  const up = across(crossing.up, (packet) => socket.send(packet, plan.server.port, plan.server.address, ignore));
  socket.on("message", across(crossing.down, answer)).on("error", ignore);
  socket.bind(0, plan.server.address, () => onNamed(`${plan.server.address}:${socket.address().port}`, crossing));
  return {
    send(packet) {
      idle.refresh();
      up(packet);
    },
    close,
  };
}

async function bind(address: string, port: number): Promise<UdpSocket> {
  const socket = createSocket("udp4");
  socket.bind(port, address);
  try {
    await once(socket, "listening");
  } catch (error) {
    socket.close();
    throw new Stop(
      `A second region needs ${address} on loopback: \`sudo ifconfig lo0 alias ${address}\` on macOS, then run this again (${String(error)}).`,
    );
  }
  return socket;
}

/** Packets to a server that is dead are lost, as on any network. */
function ignore(): void {}
