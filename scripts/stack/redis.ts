import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startRedisRestBridge, type RestBridge } from "../redis-rest-bridge.ts";
import { freePort } from "./ports.ts";
import { startProcess, waitUntil, type RunningProcess } from "./process.ts";
import { connectTcpRedis } from "./tcp-redis.ts";

export type RunningRedis = { port: number; process: RunningProcess; bridge: RestBridge; stop: () => Promise<void> };
export type RedisPlan = {
  binary: string;
  /** Where its data and log go. */
  directory: string;
  /** Whether what it holds survives a restart. */
  keeps: boolean;
  /** Bearer token of the REST bridge. */
  token: string;
  /** Where the REST bridge listens, for those who were told before it does. */
  bridgePort?: number;
};

/** Starts redis-server on a free loopback port with the REST bridge in front. */
export async function startRedis(plan: RedisPlan): Promise<RunningRedis> {
  await mkdir(plan.directory, { recursive: true });
  const port = await freePort();
  const settings: Record<string, string> = {
    port: String(port),
    bind: "127.0.0.1",
    dir: plan.directory,
    save: "",
    appendonly: plan.keeps ? "yes" : "no",
  };
  const running = startProcess({
    name: "Redis",
    command: plan.binary,
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    output: join(plan.directory, "redis.log"),
  });
  const redis = connectTcpRedis(port);
  await waitUntil(running, redis.isUp, 10_000);
  const bridge = await startRedisRestBridge(redis, plan.token, plan.bridgePort);
  return {
    port,
    process: running,
    bridge,
    async stop() {
      await bridge.close();
      redis.disconnect();
      await running.stop();
    },
  };
}
