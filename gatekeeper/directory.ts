import { Redis } from "ioredis";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { doesAnswer } from "./answering.ts";

/** Which gatekeeper is in front of which LiveKit room of its site. */
export type Directory = {
  /** Announces where this gatekeeper listens. Throws when LiveKit or the site's Redis does not answer. */
  announce: () => Promise<void>;
  /** @returns the address of another gatekeeper; undefined when it is this one, is unknown, or does not answer. */
  otherDoorOf: (room: string) => Promise<string | undefined>;
  /** The rooms among these that no other gatekeeper sweeps: all of them when the site's Redis does not answer. */
  ownOf: (rooms: readonly string[]) => Promise<readonly string[]>;
  close: () => void;
};

export type DirectoryPlan = {
  /** The Redis through which the LiveKit servers of the site find each other. */
  siteRedisUrl: string;
  /** The metrics endpoint of the LiveKit server behind this gatekeeper; it exposes the server's node id. */
  metricsUrl: string;
  /** Where this gatekeeper listens. */
  port: number;
};

/** Written by LiveKit 1.13 (pkg/routing/redisrouter.go): the node of each room. */
const NODE_OF_ROOM = "room_node_map";
/** All of them are in one data centre, in milliseconds. Joining waits for this, and continues without it when it is late. */
const TIMEOUT_MS = 500;

/**
 * Reads and writes beside LiveKit's own directory. While that Redis is away no gatekeeper is found, and the answer comes right
 * away.
 */
export function openDirectory({ siteRedisUrl, metricsUrl, port }: DirectoryPlan): Directory {
  const redis = new Redis(siteRedisUrl, {
    commandTimeout: TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: () => 1_000,
  });
  // Each command reports its own failure; without a listener ioredis prints every attempt to connect.
  redis.on("error", () => {});
  let nodeId: string | undefined;

  return {
    async announce() {
      nodeId ??= await readNodeId(metricsUrl);
      await redis.set(keys.gatekeeper(nodeId), `http://${localAddress(redis)}:${port}`, "PX", TTL_MS.gatekeeper);
    },
    async otherDoorOf(room) {
      try {
        const holder = await redis.hget(NODE_OF_ROOM, room);
        if (!holder || holder === nodeId) return undefined;
        const address = await redis.get(keys.gatekeeper(holder));
        if (!address) return undefined;
        return (await doesAnswer(address, TIMEOUT_MS)) ? address : undefined;
      } catch {
        return undefined;
      }
    },
    async ownOf(rooms) {
      if (rooms.length === 0) return rooms;
      try {
        const holders = await redis.hmget(NODE_OF_ROOM, ...rooms);
        const others = [...new Set(holders)].filter((holder) => holder !== null && holder !== nodeId) as string[];
        const addresses = others.length > 0 ? await redis.mget(others.map(keys.gatekeeper)) : [];
        // The rooms of a node without a gatekeeper are swept by all the others.
        const lookedAfter = new Set(others.filter((_, index) => addresses[index] !== null));
        return rooms.filter((_, index) => !lookedAfter.has(holders[index] ?? ""));
      } catch {
        return rooms;
      }
    },
    close: () => redis.disconnect(),
  };
}

/**
 * The node id that a LiveKit server draws at its start: only the metrics endpoint exposes it. It lives as long as the server.
 */
async function readNodeId(metricsUrl: string): Promise<string> {
  const answer = await fetch(metricsUrl, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const nodeId = /node_id="([^"]+)"/.exec(await answer.text())?.[1];
  if (!nodeId) throw new Error("LiveKit's figures do not tell its name");
  return nodeId;
}

/** This machine's address in the network of the site's Redis: the other gatekeepers reach it there. */
function localAddress(redis: Redis): string {
  const address = redis.stream?.localAddress;
  if (!address) throw new Error("The site's Redis is away");
  return address;
}
