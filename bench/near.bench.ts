import { expect, test, type Browser } from "@playwright/test";
import { ONE_SITE } from "../scripts/simulation/site-plan.ts";
import { apiClient, type ApiClient } from "../tests/e2e/support/api.ts";
import { startAppStack, type AppStack } from "../tests/e2e/support/app-stack.ts";
import { startMeeting } from "../tests/e2e/support/meetings.ts";
import { createPerson, type Person, type Room } from "../tests/e2e/support/person.ts";
import { type FarRedis, startFarRedis } from "./support/far-redis.ts";
import { report } from "./support/results.ts";

/** In milliseconds, between the app and the primary: about the distance from Ireland to Virginia. Users, app and LiveKit are in one region. */
const ROUND_TRIP_MS = 80;
const READS = Number(process.env.VEET_BENCH_READS ?? 40);
const VERDICTS = Number(process.env.VEET_BENCH_RUNS ?? 8);
/** The host's page reads its list at most once a second, however many nudges arrive. The next knock must not wait for that. */
const NUDGE_PAUSE_MS = 1_500;
/** Before and after reads were answered near. They take turns, so that both have the same load. */
const MODES = { primary: false, near: true } as const;
type Mode = keyof typeof MODES;
const TURNS: Mode[] = ["primary", "near"];

let stack: AppStack;
let state: FarRedis;
test.beforeAll(async () => {
  // Reads beyond the first quarter of a limit are counted at the primary. This is one caller who asks as often as many.
  const settings = { RATE_LIMIT_FACTOR: "1000" };
  stack = await startAppStack(ONE_SITE, settings, async (plan) => (state = await startFarRedis(plan, ROUND_TRIP_MS)));
});
test.afterAll(() => stack.stop());

test("requests that only read", async ({ browser }) => {
  const { host, room } = await meeting(browser);
  const [own, guest] = [await host.api(), await apiClient()];
  expect((await guest.enter(room.code, "Ada Guest")).body).toMatchObject({ status: "waiting" });
  const routes: Record<string, [ApiClient, string]> = {
    card: [guest, `/api/rooms/${room.code}`],
    ticket: [guest, `/api/rooms/${room.code}/ticket`],
    lobby: [own, `/api/rooms/${room.code}/lobby`],
    presence: [own, `/api/rooms/${room.code}/presence`],
  };
  for (const [name, [client, path]] of Object.entries(routes)) {
    const took = await inTurns(READS, () => timed(async () => expect((await client.get(path)).status).toBe(200)));
    report(figures(`far_${name}`, took), "ms");
  }
  await Promise.all([guest.dispose(), host.context.close()]);
});

test("a knock, to the host's screen", async ({ browser }) => {
  const { host, room } = await meeting(browser);
  let number = 0;
  const took = await inTurns(READS / 2, async () => {
    const [guest, name] = [await apiClient(), `Guest ${(number += 1)}`];
    const admit = host.page.getByRole("button", { name: `Admit ${name}`, exact: true });
    // Gives the guest their pass, as the page does before anyone can knock.
    await guest.get(`/api/rooms/${room.code}/ticket`);
    const ms = await timed(async () => {
      const { body } = await guest.post(`/api/rooms/${room.code}/entry`, { name, device: guest.device });
      expect(body).toMatchObject({ status: "waiting" });
      await admit.waitFor();
    });
    await guest.delete(`/api/rooms/${room.code}/ticket`);
    await expect(admit).toHaveCount(0);
    await guest.dispose();
    await host.page.waitForTimeout(NUDGE_PAUSE_MS);
    return ms;
  });
  report(figures("far_knock_to_screen", took), "ms");
  await host.context.close();
});

test("the host's verdict, to the guest's meeting", async ({ browser }) => {
  const { host, room } = await meeting(browser);
  let number = 0;
  const took = await inTurns(VERDICTS, async () => {
    const guest = await createPerson(browser, { name: `Guest ${(number += 1)}`, isSignedIn: false });
    await guest.askToJoin(room);
    const admit = host.page.getByRole("button", { name: `Admit ${guest.name}`, exact: true });
    await admit.waitFor();
    const ms = await timed(async () => {
      await admit.click();
      await guest.controls().waitFor();
    });
    await guest.control("Leave meeting").click();
    await expect(host.tile(guest.name)).toHaveCount(0);
    await guest.context.close();
    return ms;
  });
  report(figures("far_verdict_to_meeting", took), "ms");
  await host.context.close();
});

/** The host alone, with the list of people open. */
async function meeting(browser: Browser): Promise<{ host: Person; room: Room }> {
  const host = await createPerson(browser, { name: "Hanna Host", isSignedIn: true });
  const room = await startMeeting(host);
  await host.openPeople();
  return { host, room };
}

/** Runs each mode this many times, and once before that: the first run also loads scripts and modules. */
async function inTurns(times: number, run: () => Promise<number>): Promise<Record<Mode, number[]>> {
  const took: Record<Mode, number[]> = { primary: [], near: [] };
  for (let turn = 0; turn <= times; turn += 1) {
    for (const mode of TURNS) {
      state.readNear(MODES[mode]);
      took[mode].push(await run());
    }
  }
  return { primary: took.primary.slice(1), near: took.near.slice(1) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}

function figures(name: string, took: Record<Mode, number[]>): Record<string, number[]> {
  return Object.fromEntries(Object.entries(took).map(([mode, values]) => [`${name}_${mode}_ms`, values]));
}
