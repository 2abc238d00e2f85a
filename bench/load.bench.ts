import { expect, test, type Page } from "@playwright/test";
import { REGIONS, sitesOf } from "../infra/regions.ts";
import type { SitePlan } from "../scripts/simulation/site-plan.ts";
import type { RunningSite } from "../scripts/stack/site.ts";
import { type ApiClient, apiClient } from "../tests/e2e/support/api.ts";
import { startAppStack } from "../tests/e2e/support/app-stack.ts";
import { newAccountId } from "../tests/e2e/support/ids.ts";
import { type Bot, startBots } from "./support/bots.ts";
import { figureOf, largestShare } from "./support/node-figures.ts";
import { report } from "./support/results.ts";

const RUNS = Number(process.env.VEET_BENCH_RUNS ?? 5);
const BOTS = 12;
const ROOMS = 30;
/** In milliseconds. How long packets are counted. */
const COUNTING_MS = 5_000;
/** All participants send media once this is visible: a track that is announced may not flow yet. */
const PATIENCE = { timeout: 60_000 };

test("twelve participants of one meeting, on two sites of a region", async ({ browser }) => {
  const shares: number[] = [];
  await withSites(twoSites(), async (sites) => {
    for (let run = 1; run <= RUNS; run += 1) {
      const { code, host } = await openRoom();
      const guests = await inTurn(BOTS, async (number) => enter(await apiClient(), code, `Bot ${number}`));
      const page = await browser.newPage();
      await startBots(page, guests);
      expect(new Set(guests.flatMap(({ legs }) => legs.map(({ site }) => site))).size).toBe(2);
      await expect.poll(() => tracksOn(sites), PATIENCE).toBe(BOTS);
      shares.push(await shareOfForwarded(page, sites));
      await page.close();
      await host.moderate(code, { action: "end" });
      await expect.poll(() => tracksOn(sites), PATIENCE).toBe(0);
    }
  });
  report({ load_packets_of_busier_site: shares }, "%");
});

test("thirty meetings, on two servers of a site", async ({ browser }) => {
  const shares: number[] = [];
  await withSites([{ ...twoSites()[0], nodes: 2 }], async (sites) => {
    const nodes = sites.flatMap((site) => site.nodes);
    for (let run = 1; run <= RUNS; run += 1) {
      const page = await browser.newPage();
      const rooms = await inTurn(ROOMS, async () => {
        const room = await openRoom();
        await startBots(page, [await enter(await apiClient(), room.code, "Bot")]);
        return room;
      });
      await expect.poll(() => tracksOn(sites), PATIENCE).toBe(ROOMS);
      shares.push(largestShare(await Promise.all(nodes.map((node) => figureOf([node], PUBLISHED)))));
      await page.close();
      for (const { code, host } of rooms) await host.moderate(code, { action: "end" });
      await expect.poll(() => tracksOn(sites), PATIENCE).toBe(0);
    }
  });
  report({ load_tracks_of_busier_node: shares }, "%");
});

const PUBLISHED = "livekit_track_published_total";

/** The two zones of a region, one server each. */
function twoSites(): [SitePlan, ...SitePlan[]] {
  const [region] = REGIONS;
  if (!region) throw new Error("The table of regions is empty");
  const plans = sitesOf(region).map(({ name }) => ({ site: name, region: region.code, nodes: 1, hasRedis: true }));
  const [first, ...others] = plans;
  if (!first) throw new Error(`${region.code} has no site`);
  return [first, ...others];
}

async function withSites(
  plans: readonly SitePlan[],
  measure: (sites: readonly RunningSite[]) => Promise<void>,
): Promise<void> {
  const { sites, stop } = await startAppStack(plans);
  try {
    await measure(sites);
  } finally {
    await stop();
  }
}

async function openRoom(): Promise<{ code: string; host: ApiClient }> {
  const host = await apiClient({ accountId: newAccountId(), name: "Hanna Host" });
  const { code } = (await host.post("/api/rooms")).body;
  // The host joins first, admits the guests, and is silent.
  await enter(host, code, "Hanna Host");
  const opened = await host.moderate(code, { action: "set-access", access: "open" });
  expect(opened.status).toBe(200);
  return { code, host };
}

async function enter(client: ApiClient, code: string, name: string): Promise<Bot> {
  const answer = await client.enter(code, name);
  expect(answer.body).toMatchObject({ status: "admitted" });
  return { legs: answer.body.legs };
}

async function inTurn<T>(times: number, once: (number: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let number = 1; number <= times; number += 1) all.push(await once(number));
  return all;
}

const tracksOn = (sites: readonly RunningSite[]) =>
  figureOf(
    sites.flatMap(({ nodes }) => nodes),
    PUBLISHED,
  );

async function shareOfForwarded(page: Page, sites: readonly RunningSite[]): Promise<number> {
  const forwarded = () =>
    Promise.all(sites.map(({ nodes }) => figureOf(nodes, "livekit_packet_total", { direction: "outgoing" })));
  const before = await forwarded();
  await page.waitForTimeout(COUNTING_MS);
  const after = await forwarded();
  return largestShare(after.map((packets, index) => packets - (before[index] ?? 0)));
}
