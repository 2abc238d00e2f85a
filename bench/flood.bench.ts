import { expect, test } from "@playwright/test";
import { ONE_SITE } from "../scripts/stack/site-plan.ts";
import { apiClient } from "../tests/e2e/support/api.ts";
import { startAppStack } from "../tests/e2e/support/app-stack.ts";
import { newAccountId, newAddress, newDeviceId } from "../tests/e2e/support/ids.ts";
import { type Person, createPerson } from "../tests/e2e/support/person.ts";
import { readStack } from "../tests/e2e/support/stack.ts";
import { report } from "./support/results.ts";

const KNOCKS = Number(process.env.VEET_BENCH_KNOCKS ?? 5_000);
/** Requests of the flood that are under way at the same time. */
const AT_ONCE = 24;
/** Between two real guests, in milliseconds. */
const GUEST_PAUSE_MS = 250;
/** A guest who is not on the screen after this, in milliseconds, is not counted as late but as kept out. */
const PATIENCE_MS = 15_000;

type Tally = Record<string, number>;
type Knock = { address: string; cookie?: string; name: string };

test("the time from a real guest's knock to the host's screen, while others flood the lobby", async ({ browser }) => {
  const { stop } = await startAppStack(ONE_SITE);
  try {
    for (const addresses of [0, 1, 4, 50]) {
      const host = await createPerson(browser, { name: "Hanna Host", isSignedIn: true });
      const room = await host.openRoom();
      await host.start(room);
      await host.openPeople();
      const tally: Tally = {};
      let isOver = false;
      const flood = floodFrom(addresses, room.code, tally).finally(() => (isOver = true));
      const seen = await knockWhile(host, room.code, (number) => (addresses === 0 ? number >= 40 : isOver));
      await flood;
      expect(seen.keptOut, `guests kept out, with ${addresses} addresses flooding`).toBe(0);
      expect(seen.membersOut, `members kept out, with ${addresses} addresses flooding`).toBe(0);
      console.info(`${addresses} addresses, ${KNOCKS} knocks:`, tally, `${seen.tookMs.length} real guests`);
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

/** Knocks without a cookie, as fast as they are answered. */
async function floodFrom(addresses: number, code: string, tally: Tally): Promise<void> {
  const sources = Array.from({ length: addresses }, newAddress);
  if (sources.length === 0) return;
  let sent = 0;
  const one = async () => {
    for (let number = sent++; number < KNOCKS; number = sent++) {
      const address = sources[number % sources.length] ?? "";
      const { status, outcome } = await knock(code, { address, name: `Bot ${number}` });
      const what = `${status} ${outcome}`;
      tally[what] = (tally[what] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** Real guests knock one after the other, each from an address of their own, and a signed-in member now and then. */
async function knockWhile(host: Person, code: string, isOver: (number: number) => boolean) {
  const tookMs: number[] = [];
  let [keptOut, membersOut] = [0, 0];
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
      if (asked.body?.status !== "waiting") membersOut += 1;
      await member.delete(`/api/rooms/${code}/ticket`);
      await member.dispose();
    }
    await client.delete(`/api/rooms/${code}/ticket`);
    await client.dispose();
    await host.page.waitForTimeout(GUEST_PAUSE_MS);
  }
  return { tookMs, keptOut, membersOut };
}

/** Not by way of Playwright, which takes longer for a request than the server for an answer. */
async function knock(code: string, { address, name }: Knock): Promise<{ status: number; outcome: string }> {
  const { baseUrl } = readStack();
  const response = await fetch(`${baseUrl}/api/rooms/${code}/entry`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: new URL(baseUrl).origin, "x-forwarded-for": address },
    body: JSON.stringify({ name, device: newDeviceId() }),
  });
  const body = (await response.json()) as { status?: string; error?: { code: string } };
  return { status: response.status, outcome: body.status ?? body.error?.code ?? "" };
}

function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? Number.NaN;
}
