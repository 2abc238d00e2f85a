import { REGIONS } from "../../../infra/regions.ts";
import { twoRegions } from "../../../scripts/stack/site-plan.ts";
import type { RunningSite } from "../../../scripts/stack/site.ts";
import type { SiteNode } from "../../../scripts/stack/site-node.ts";
import { test as base } from "../../e2e/support/actors.ts";
import { startAppStack } from "../../e2e/support/app-stack.ts";
import type { Person } from "../../e2e/support/person.ts";
import { readStack } from "../../e2e/support/stack.ts";

export { expect } from "../../e2e/support/actors.ts";
export type { People } from "../../e2e/support/actors.ts";
export type { Person, Room } from "../../e2e/support/person.ts";

/** Two regions with one site each: `near` is where the app and everybody's machine are, `far` is the simulated distance away. */
export type Regions = { near: RunningSite; far: RunningSite };

/** Somebody in the far region, as the edge would tell the app. */
export const FAR_AWAY = { at: REGIONS[1] };

type WorkerFixtures = { stack: Regions };
type Fixtures = { regions: Regions; farGuest: Person };

export const test = base.extend<Fixtures, WorkerFixtures>({
  stack: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of what is needed from this pattern.
    async ({}, use) => {
      const { sites, stop } = await startAppStack(twoRegions());
      const [near, far] = sites;
      if (!near || !far) throw new Error("Two regions were asked for");
      await use({ near, far });
      await stop();
    },
    { scope: "worker", auto: true, timeout: 180_000 },
  ],
  // The stack is described before anybody asks where it is.
  baseURL: async ({ stack }, use) => use(stack && readStack().baseUrl),
  /** Whole again for the next story. */
  regions: async ({ stack }, use) => {
    await use(stack);
    for (const node of [...stack.near.nodes, ...stack.far.nodes]) {
      node.resume();
      if (!node.isRunning()) await node.restart();
    }
  },
  farGuest: async ({ people }, use) => use(await people.guest("Fay", { ...FAR_AWAY })),
});

/** Everything of a region at once. */
export const everyNode = (site: RunningSite, act: (node: SiteNode) => unknown) => Promise.all(site.nodes.map(act));
