import type { Browser } from "@playwright/test";
import { REGIONS } from "../../../infra/regions.ts";
import { twoRegions } from "../../../scripts/simulation/site-plan.ts";
import type { RunningSite } from "../../../scripts/stack/site.ts";
import type { SiteNode } from "../../../scripts/stack/site-node.ts";
import { test as base } from "../../e2e/support/actors.ts";
import { startAppStack } from "../../e2e/support/app-stack.ts";
import type { Person } from "../../e2e/support/person.ts";
import { livekit } from "../../e2e/support/livekit-admin.ts";
import { redis } from "../../e2e/support/redis.ts";
import { readStack } from "../../e2e/support/stack.ts";
import { launchElsewhere, routeMediaElsewhere } from "./elsewhere.ts";

export { expect } from "../../e2e/support/actors.ts";
export type { People } from "../../e2e/support/actors.ts";
export type { Person, Room } from "../../e2e/support/person.ts";

/** Two regions with one site each: `near` has the app and this machine's browsers, `far` is the simulated distance away. */
export type Regions = { near: RunningSite; far: RunningSite };

type WorkerFixtures = {
  /** App variables that the tests of a file override. */
  settings: Readonly<Record<string, string>>;
  stack: Regions;
  elsewhere: Browser;
};
type Fixtures = {
  regions: Regions;
  away: Away;
};
/** Creates a participant in the far region: with the location that the edge would report, and that region's paths to the sites. */
export type Away = (name: string) => Promise<Person>;

export const test = base.extend<Fixtures, WorkerFixtures>({
  settings: [{}, { scope: "worker", option: true }],
  stack: [
    async ({ settings }, use) => {
      const { sites, stop } = await startAppStack(twoRegions(), settings);
      const [near, far] = sites;
      if (!near || !far) throw new Error("Two regions were asked for");
      await use({ near, far });
      await stop();
    },
    { scope: "worker", auto: true, timeout: 180_000 },
  ],
  /** All participants in the far region share this browser. */
  elsewhere: [
    async ({ stack, playwright }, use) => {
      const browser = await launchElsewhere(playwright, [stack.near, stack.far]);
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
  // The stack must be described before a test asks for its address.
  baseURL: async ({ stack }, use) => use(stack && readStack().baseUrl),
  /** Restored for the next test. */
  regions: async ({ stack }, use) => {
    // A server's first answer is slow. A test must not start with a region that counts as slow.
    await Promise.all([stack.near, stack.far].map(({ plan }) => livekit(plan.site).listRooms()));
    await use(stack);
    await mend(stack);
  },
  people: async ({ people }, use) =>
    use({
      ...people,
      member: async (...wishes) => placedByTheEdge(await people.member(...wishes)),
      guest: async (...wishes) => placedByTheEdge(await people.guest(...wishes)),
      in: async (...wishes) => placedByTheEdge(await people.in(...wishes)),
    }),
  away: async ({ people, elsewhere }, use) =>
    use(async (name) => {
      const person = await people.in(elsewhere, { name, isSignedIn: false, at: REGIONS[1] });
      await routeMediaElsewhere(person.context);
      return person;
    }),
});

/**
 * Stops a page from measuring the distance to the regions, so that its home leg depends only on the edge's location: on a busy
 * machine the local path sometimes takes longer than the simulated distance.
 */
async function placedByTheEdge(person: Person): Promise<Person> {
  await person.context.route(/\/api\/rooms\/[a-z-]+$/, async (route) => {
    if (route.request().method() !== "GET") return route.continue();
    const response = await route.fetch();
    const { regions: _, ...card } = await response.json();
    return route.fulfill({ response, json: card });
  });
  return person;
}

/** Restarts the servers, and clears the app's memory of their failure. */
export async function mend({ near, far }: Regions): Promise<void> {
  for (const node of [...near.nodes, ...far.nodes]) {
    node.resume();
    if (!node.isRunning()) await node.start();
  }
  for (const site of [near, far]) await forgetFailure(site);
}

/** Clears the delay during which the app avoids a failed site. */
export async function forgetFailure({ plan }: RunningSite): Promise<void> {
  await redis("DEL", `veet:breaker:${plan.site}`);
}

/** Runs an action on all nodes of a region at the same time. */
export const everyNode = (site: RunningSite, act: (node: SiteNode) => unknown) => Promise.all(site.nodes.map(act));
