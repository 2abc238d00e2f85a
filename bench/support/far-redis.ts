import { join } from "node:path";
import { startRedisRestBridge } from "../../scripts/redis-rest-bridge.ts";
import { startTcpPath } from "../../scripts/simulation/delay-proxy.ts";
import { waitUntil } from "../../scripts/stack/process.ts";
import { type RedisPlan, type RunningRedis, startRedisServer } from "../../scripts/stack/redis.ts";
import { connectTcpRedis } from "../../scripts/stack/tcp-redis.ts";
import { nearestOf } from "../../tests/support/nearest-redis.ts";

export type FarRedis = RunningRedis & {
  /** Whether the replica answers reads; if not, they go to the primary as they did before there was reading near. */
  readNear: (isNear: boolean) => void;
};

/** Starts the state as a region far from the primary sees it: a real replica beside the app, and the primary at this distance. */
export async function startFarRedis({ token, bridgePort, ...plan }: RedisPlan, roundTripMs: number): Promise<FarRedis> {
  const primary = await startRedisServer(plan);
  const replica = await startRedisServer({
    ...plan,
    name: "Redis of the far region",
    directory: join(plan.directory, "replica"),
  });
  const [path, replication] = [
    await startTcpPath([primary.port], roundTripMs),
    await startTcpPath([primary.port], roundTripMs),
  ];
  const far = connectTcpRedis(path.port);
  await waitUntil(primary.process, far.isUp, 10_000);
  await replica.client.run(["REPLICAOF", "127.0.0.1", String(replication.port)]);
  const hasCaughtUp = async () =>
    String(await replica.client.run(["INFO", "replication"])).includes("master_link_status:up");
  await waitUntil(replica.process, hasCaughtUp, 60_000);

  let isNear = true;
  const nearest = nearestOf({ replica: replica.client, primary: far }, (isRead) =>
    isRead && isNear ? "replica" : "primary",
  );
  const bridge = await startRedisRestBridge(nearest, token, bridgePort);
  return {
    ...primary,
    bridge,
    readNear: (next) => void (isNear = next),
    async stop() {
      await bridge.close();
      far.disconnect();
      await Promise.all([path.close(), replication.close()]);
      await replica.stop();
      await primary.stop();
    },
  };
}
