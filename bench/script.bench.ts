import type { Page } from "@playwright/test";
import { ONE_SITE } from "../scripts/simulation/site-plan.ts";
import { test } from "../tests/e2e/support/actors.ts";
import { startAppStack, type AppStack } from "../tests/e2e/support/app-stack.ts";
import { expectSees } from "../tests/e2e/support/media.ts";
import { startMeeting } from "../tests/e2e/support/meetings.ts";
import { report } from "./support/results.ts";

/** Sizes are equal in each run; which script is requested before Join can be pressed is a matter of time. */
const RUNS = Number(process.env.VEET_BENCH_RUNS ?? 3);

let stack: AppStack;
test.beforeAll(async () => void (stack = await startAppStack(ONE_SITE)));
test.afterAll(() => stack.stop());

test("compressed JavaScript of the home page, before Join can be pressed, and of the call", async ({
  people,
  host,
}) => {
  test.setTimeout(300_000);
  const visitor = await people.guest("Vera");
  await visitor.page.goto("/");
  const atHome = await scriptsOf(visitor.page);
  await host.page.goto("/");
  const atHomeSignedIn = await scriptsOf(host.page);

  const room = await startMeeting(host, { access: "open" });
  const sums: { beforeJoin: number; total: number; all: number }[] = [];
  for (let run = 1; run <= RUNS; run += 1) {
    const guest = await people.guest(`Guest ${run}`);
    await guest.page.addInitScript(rememberJoin);
    await guest.joinNow(room);
    await expectSees(guest.page, host.name);
    const atMs = await guest.page.evaluate(() => ({ joinable: window.joinableAtMs ?? NaN, seen: performance.now() }));
    await guest.page.waitForTimeout(REST_MS);
    const all = await scriptsOf(guest.page);
    const until = (ms: number) => kilobytes(all.filter(({ requestedAtMs }) => requestedAtMs <= ms));
    sums.push({ beforeJoin: until(atMs.joinable), total: until(atMs.seen), all: kilobytes(all) });
    if (run === RUNS) list(all, atMs);
    await guest.context.close();
  }
  report({ js_home_kb: [kilobytes(atHome)], js_home_signed_in_kb: [kilobytes(atHomeSignedIn)] }, "kB");
  report(
    {
      js_prejoin_kb: sums.map(({ beforeJoin }) => beforeJoin),
      js_total_kb: sums.map(({ total }) => total),
      js_with_rest_kb: sums.map(({ all }) => all),
    },
    "kB",
  );
});

/** In milliseconds. The call loads its panels, menus and dialogs when the first pictures are there. */
const REST_MS = 11_000;

type Script = { name: string; bytes: number; requestedAtMs: number };

/** In milliseconds. Scripts that are fetched when the page is idle arrive within this time of each other. */
const QUIET_MS = 2_000;

/** All scripts of the page, once no further one arrives. Bytes as transferred, without headers. */
async function scriptsOf(page: Page): Promise<Script[]> {
  for (let known = -1; ;) {
    const scripts = await page.evaluate(readScripts);
    if (scripts.length === known) return scripts;
    known = scripts.length;
    await page.waitForTimeout(QUIET_MS);
  }
}

/** Runs in the page. */
function readScripts(): Script[] {
  const resources = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  return resources
    .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
    .map(({ name, encodedBodySize, startTime }) => ({
      name: new URL(name).pathname.split("/").at(-1) ?? name,
      bytes: encodedBodySize,
      requestedAtMs: startTime,
    }));
}

function kilobytes(scripts: readonly Script[]): number {
  return scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;
}

function list(scripts: readonly Script[], atMs: { joinable: number; seen: number }): void {
  const rows = scripts
    .toSorted((left, right) => right.bytes - left.bytes)
    .map(({ name, bytes, requestedAtMs }) => ({
      chunk: name,
      kB: Math.round(bytes / 100) / 10,
      requested: requestedAtMs <= atMs.joinable ? "first" : requestedAtMs <= atMs.seen ? "for the call" : "rest",
    }));
  console.table(rows);
}

/** Runs in the page: remembers when its first button to join could be pressed. */
function rememberJoin(): void {
  const look = () => {
    const button = document.querySelector<HTMLButtonElement>("main form button[type=submit]");
    if (!button || button.disabled || window.joinableAtMs !== undefined) return;
    window.joinableAtMs = performance.now();
    observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributes: true });
}

declare global {
  interface Window {
    joinableAtMs?: number;
  }
}
