import { expect, test } from "vitest";
import type { SiteNode } from "./site-node.ts";
import { usePairedSite } from "../../tests/support/paired-site.ts";

const pair = usePairedSite();

test("[G21] a test finds the server of a room, even after several servers started at the same time", async () => {
  await expectEachFound();
  await Promise.all(pair().nodes.map((node) => node.kill()));
  await Promise.all(pair().nodes.map((node) => node.start()));
  await expectEachFound();
}, 60_000);

/** LiveKit's directory in Redis names a room's server by the id that the server generated at its start. */
async function expectEachFound(): Promise<void> {
  for (const node of pair().nodes) {
    await pair().redis?.client.run(["HSET", "room_node_map", `room-of-${node.name}`, await drawnIdOf(node)]);
    expect((await pair().nodeOf(`room-of-${node.name}`))?.name).toBe(node.name);
  }
}

async function drawnIdOf({ metricsUrl }: SiteNode): Promise<string> {
  const figures = await (await fetch(metricsUrl)).text();
  return /node_id="([^"]+)"/.exec(figures)?.[1] ?? "";
}
