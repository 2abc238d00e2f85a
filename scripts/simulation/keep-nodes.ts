import { setTimeout as sleep } from "node:timers/promises";
import { roundTripFromHere } from "./site-plan.ts";
import type { RunningSite } from "../stack/site.ts";

/** In seconds, how long a dead node stays down: long enough to see a meeting without it. */
const AWAY_SECONDS = 15;

/** Lists the processes, so that a developer can watch a meeting move. */
export function describeSites(sites: readonly RunningSite[]): string {
  const lines = sites.map(({ plan, nodes }) => {
    const processes = nodes.map((node) => `${node.name} (pid ${node.pid()})`).join(", ");
    return `  ${plan.region.padEnd(6)} ${distanceOf(roundTripFromHere(plan)).padEnd(17)} ${processes}`;
  });
  const pids = sites[0]?.nodes.map((node) => node.pid()).join(" ") ?? "";
  return [
    `${sites.length} regions on this machine:`,
    ...lines,
    "",
    "Meet in two windows, then take a server away and see the meeting move to the other region:",
    `  kill -9 ${pids}`.padEnd(30) + `dead, and started again after ${AWAY_SECONDS} s`,
    `  kill -STOP ${pids}`.padEnd(30) + `frozen, until kill -CONT ${pids}`,
  ].join("\n");
}

function distanceOf(roundTripMs: number): string {
  return roundTripMs === 0 ? "next door" : `${roundTripMs} ms round trip`;
}

/** Restarts each node some time after it ended, as a cloud would. Returns only when a node cannot be started. */
export async function keepNodes(sites: readonly RunningSite[], isOver: () => boolean): Promise<void> {
  await Promise.all(
    sites
      .flatMap(({ nodes }) => nodes)
      .map(async (node) => {
        while (!isOver()) {
          await node.ended();
          if (isOver()) return;
          console.log(`  ${node.name} is gone, and comes back in ${AWAY_SECONDS} s.`);
          await sleep(AWAY_SECONDS * 1000);
          await node.start();
          console.log(`  ${node.name} is back: pid ${node.pid()}.`);
        }
      }),
  );
}
