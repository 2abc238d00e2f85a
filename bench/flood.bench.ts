import { expect, test } from "@playwright/test";
import { ONE_SITE } from "../scripts/simulation/site-plan.ts";
import { apiClient } from "../tests/e2e/support/api.ts";
import { startAppStack } from "../tests/e2e/support/app-stack.ts";
import { flood } from "../tests/e2e/support/flood.ts";
import { newAccountId } from "../tests/e2e/support/ids.ts";
import { type Person, createPerson } from "../tests/e2e/support/person.ts";
import { report } from "./support/results.ts";

const KNOCKS = Number(process.env.VEET_BENCH_KNOCKS ?? 5_000);
/** The minimum number of real guests, even if the flood ends sooner: it still holds its places in the lobby then. */
const LEAST_GUESTS = 40;
/** Between two real guests, in milliseconds. */
const GUEST_PAUSE_MS = 250;
/** In milliseconds. A guest who is not on the screen after this counts as kept out, not as late. */
const PATIENCE_MS = 15_000;

test("the time from a real guest's knock to the host's screen, during a flood of the lobby", async ({ browser }) => {
  const { stop } = await startAppStack(ONE_SITE);
  try {
    for (const addresses of [0, 1, 4, 50]) {
      const host = await createPerson(browser, { name: "Hanna Host", isSignedIn: true });
      const room = await host.openRoom();
      await host.start(room);
      await host.openPeople();
      const startedAtMs = performance.now();
      let isOver = false;
      const flooding = (addresses > 0 ? flood(room.code, KNOCKS, addresses) : Promise.resolve({})).finally(
        () => (isOver = true),
      );
      const seen = await knockWhile(host, room.code, (number) => number > LEAST_GUESTS && isOver);
      const [tally, tookS] = [await flooding, Math.round((performance.now() - startedAtMs) / 1_000)];
      expect(seen.keptOut, `guests kept out, with ${addresses} addresses flooding`).toBe(0);
      expect(seen.membersOut, `members kept out, with ${addresses} addresses flooding`).toBe(0);
      console.info(
        `${addresses} addresses, ${tookS} s:`,
        tally,
        `${seen.tookMs.length} real guests, ${seen.members} members`,
      );
      const name = `flood_from_${addresses}`;
      report(
        { [`${name}_knock_to_screen_ms`]: seen.tookMs, [`${name}_knock_to_screen_p95_ms`]: [p95(seen.tookMs)] },
        "ms",
      );
      await (await host.api()).moderate(room.code, { action: "end" });
      await host.context.close();
    }
  } finally {
    await stop();
  }
});

/** Real guests knock one after the other, each from their own address, and sometimes a signed-in member does. */
async function knockWhile(host: Person, code: string, isOver: (number: number) => boolean) {
  const tookMs: number[] = [];
  let [keptOut, members, membersOut] = [0, 0, 0];
  for (let number = 1; !isOver(number); number += 1) {
    const client = await apiClient();
    const name = `Real ${number}`;
    const startedAtMs = performance.now();
    const answer = await client.enter(code, name);
    const isWaiting = answer.body?.status === "waiting";
    const row = host.page.getByRole("button", { name: `Admit ${name}`, exact: true });
    const isSeen =
      isWaiting &&
      (await row.waitFor({ timeout: PATIENCE_MS }).then(
        () => true,
        () => false,
      ));
    if (isSeen) tookMs.push(performance.now() - startedAtMs);
    else keptOut += 1;
    if (number % 4 === 0) {
      const member = await apiClient({ accountId: newAccountId(), name: `Member ${number}` });
      const asked = await member.enter(code);
      members += 1;
      if (asked.body?.status !== "waiting") membersOut += 1;
      await member.delete(`/api/rooms/${code}/ticket`);
      await member.dispose();
    }
    await client.delete(`/api/rooms/${code}/ticket`);
    await client.dispose();
    await host.page.waitForTimeout(GUEST_PAUSE_MS);
  }
  return { tookMs, keptOut, members, membersOut };
}

function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? Number.NaN;
}
