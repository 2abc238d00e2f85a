import { expect, test, type Browser } from "@playwright/test";
import { REGIONS, sitesOf } from "../infra/regions.ts";
import type { SitePlan } from "../scripts/simulation/site-plan.ts";
import { apiClient } from "../tests/e2e/support/api.ts";
import { startAppStack, type AppStack } from "../tests/e2e/support/app-stack.ts";
import { meet } from "../tests/e2e/support/meetings.ts";
import { createPerson, type Person } from "../tests/e2e/support/person.ts";
import { legsOf } from "../tests/e2e/support/redis.ts";
import { readStack } from "../tests/e2e/support/stack.ts";
import { type CommandWatch, watchCommands } from "./support/commands.ts";
import { report } from "./support/results.ts";

/** Long enough for two of the slowest heartbeats, which come once a minute. */
const MINUTES = Number(process.env.VEET_BENCH_MINUTES ?? 2);
/** In milliseconds. After this, no work of a start, a join or a knock is left. */
const SETTLE_MS = 20_000;
const PROBE_SECRET = "a secret of the benchmark, long enough";
const PROBES = 5;

let stack: AppStack;
let watch: CommandWatch;
test.beforeAll(async () => {
  stack = await startAppStack(twoSites(), { PROBE_SECRET });
  watch = await watchCommands(readStack().redis.port);
});
test.afterAll(async () => {
  await watch.stop();
  await stack.stop();
});

test("Redis commands per minute without user actions", async ({ browser }) => {
  const perMinute = async (what: string) => {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const counted = await watch.during(MINUTES * 60_000);
    console.log(`\n${what}, a minute:`);
    console.table(counted.byCommand);
    return counted.perMinute;
  };
  const idle = await perMinute("no meeting");
  const nodes = stack.sites.flatMap((site) => site.nodes).length;
  report({ redis_idle_node_per_minute: [idle / nodes] }, "commands");

  const looks = await watch.during(0, async () => {
    for (let look = 0; look < PROBES; look += 1) await probe();
  });
  report({ redis_look_per_site: [looks.count / PROBES / stack.sites.length] }, "commands");

  const { host, close, path } = await threePeople(browser);
  const meeting = await perMinute("a meeting of three on two legs, with its two nodes");
  report({ redis_meeting_of_three_per_minute: [meeting] }, "commands");

  const asks = await (await host.api()).moderate(path.code, { action: "set-access", access: "ask" });
  expect(asks.status, asks.text).toBe(200);

  const guest = await createPerson(browser, { name: "Gil Guest", isSignedIn: false });
  await guest.askToJoin({ code: path.code, path: path.path, url: path.url });
  const waiting = await perMinute("the same, with a waiting guest");
  report({ redis_waiting_guest_per_minute: [waiting - meeting] }, "commands");

  await Promise.all([guest.context.close(), close()]);
  expect(host.unexpectedErrors()).toEqual([]);
});

/** The two zones of a region, one server each: a meeting has a leg on each. */
function twoSites(): SitePlan[] {
  const [region] = REGIONS;
  if (!region) throw new Error("The table of regions is empty");
  return sitesOf(region).map(({ name }) => ({ site: name, region: region.code, nodes: 1, hasRedis: true }));
}

async function threePeople(browser: Browser) {
  const host = await createPerson(browser, { name: "Hanna Host", isSignedIn: true });
  const guests = [];
  for (const name of ["Ada Guest", "Ben Guest"]) guests.push(await createPerson(browser, { name, isSignedIn: false }));
  const people: Person[] = [host, ...guests];
  const path = await meet(host, ...guests);
  await expect.poll(async () => (await legsOf(path.code)).filter(({ state }) => state === "live").length).toBe(2);
  return { host, path, close: () => Promise.all(people.map(({ context }) => context.close())) };
}

async function probe(): Promise<void> {
  const client = await apiClient();
  const answer = await client.post("/api/probe", undefined, { "x-veet-probe-secret": PROBE_SECRET });
  expect(answer.status, answer.text).toBe(200);
  await client.dispose();
}
