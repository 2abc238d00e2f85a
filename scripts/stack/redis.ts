import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startRedisRestBridge, type RestBridge } from "../redis-rest-bridge.ts";
import { freePort } from "./ports.ts";
import { startProcess, waitUntil, type RunningProcess } from "./process.ts";
import { connectTcpRedis, type TcpRedis } from "./tcp-redis.ts";

export type RedisServerPlan = {
  binary: string;
  name?: string;
  /** The folder for its data and log. */
  directory: string;
  /** Whether its data survives a restart. */
  keeps: boolean;
};
export type RedisPlan = RedisServerPlan & {
  /** Bearer token of the REST bridge. */
  token: string;
  /** A fixed port for the REST bridge, if others need to know it in advance. */
  bridgePort?: number;
};
/** `client` connects to it directly, without the bridge. */
export type RunningRedisServer = {
  port: number;
  process: RunningProcess;
  client: TcpRedis;
  stop: () => Promise<void>;
  /** Restarts it after a kill: on the same port, with its saved data. */
  startAgain: () => Promise<void>;
};
export type RunningRedis = RunningRedisServer & { bridge: RestBridge };

/** Starts redis-server on a free loopback port with the REST bridge in front. */
export async function startRedis({ token, bridgePort, ...plan }: RedisPlan): Promise<RunningRedis> {
  const server = await startRedisServer(plan);
  const bridge = await startRedisRestBridge(server.client, token, bridgePort);
  return {
    ...server,
    bridge,
    async stop() {
      await bridge.close();
      await server.stop();
    },
  };
}

/** Starts redis-server without the bridge, as LiveKit's nodes use it. */
export async function startRedisServer(plan: RedisServerPlan): Promise<RunningRedisServer> {
  await mkdir(plan.directory, { recursive: true });
  const port = await freePort();
  const settings: Record<string, string> = {
    port: String(port),
    bind: "127.0.0.1",
    dir: plan.directory,
    save: "",
    appendonly: plan.keeps ? "yes" : "no",
  };
  const client = connectTcpRedis(port);
  const launch = async () => {
    const started = startProcess({
      name: plan.name ?? "Redis",
      command: plan.binary,
      args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
      output: join(plan.directory, "redis.log"),
    });
    await waitUntil(started, client.isUp, 10_000);
    return started;
  };
  const running = await launch();
  return {
    port,
    process: running,
    client,
    async stop() {
      client.disconnect();
      await running.stop();
    },
    startAgain: async () => void (await launch()),
  };
}
