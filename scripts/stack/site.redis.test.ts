import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { getLiveKit } from "./livekit-binary.ts";
import { stopAllProcesses } from "./process.ts";
import { requireRedis } from "./redis-binary.ts";
import { type RunningSite, startSites } from "./site.ts";
import type { SiteNode } from "./site-node.ts";

let directory: string;
let site: RunningSite;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "veet-site-"));
  const means = {
    livekitBinary: await getLiveKit(),
    redisBinary: await requireRedis(),
    directory,
    logs: directory,
    secret: "site-tests-only",
    appRedis: inject("redis"),
    webhookUrl: "http://127.0.0.1:9/",
    nodeIp: "127.0.0.1",
  };
  const [started] = await startSites([{ site: "pair", region: "pair", nodes: 2, hasRedis: true }], means);
  if (!started) throw new Error("No site was started");
  site = started;
}, 300_000);

afterAll(async () => {
  await stopAllProcesses();
  await rm(directory, { recursive: true, force: true });
});

test("[G21] a test finds the server of a room, even after several servers started at the same time", async () => {
  await expectEachFound();
  await Promise.all(site.nodes.map((node) => node.kill()));
  await Promise.all(site.nodes.map((node) => node.start()));
  await expectEachFound();
}, 60_000);

/** LiveKit's directory in Redis names a room's server by the id that the server generated at its start. */
async function expectEachFound(): Promise<void> {
  for (const node of site.nodes) {
    await site.redis?.client.run(["HSET", "room_node_map", `room-of-${node.name}`, await drawnIdOf(node)]);
    expect((await site.nodeOf(`room-of-${node.name}`))?.name).toBe(node.name);
  }
}

async function drawnIdOf({ metricsUrl }: SiteNode): Promise<string> {
  const figures = await (await fetch(metricsUrl)).text();
  return /node_id="([^"]+)"/.exec(figures)?.[1] ?? "";
}
