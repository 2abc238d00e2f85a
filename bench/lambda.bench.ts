import { expect, test } from "@playwright/test";
import { bundleSize, LARGEST_FUNCTION_BYTES } from "../scripts/lambda/bundle-size.ts";
import { BUNDLE, bundleForLambda } from "../scripts/lambda/bundle.ts";
import { newAccountId } from "../tests/e2e/support/ids.ts";
import { openBrowser } from "../tests/lambda/support/browser.ts";
import { type Cloud, startCloud } from "../tests/lambda/support/cloud.ts";
import { report } from "./support/results.ts";

const RUNS = Number(process.env.VEET_BENCH_RUNS ?? 5);

test.beforeAll(async () => expect(await bundleForLambda()).toBe(true));

test("the function's size", () => {
  const { unzippedBytes, zippedBytes } = bundleSize(BUNDLE);
  report({ lambda_unzipped_bytes: [unzippedBytes], lambda_zipped_bytes: [zippedBytes] }, "bytes");
  console.log(`${Math.round((100 * unzippedBytes) / LARGEST_FUNCTION_BYTES)} % of what Lambda takes`);
});

test("a cold start", async () => {
  const cloud = await startCloud();
  try {
    const card = `/api/rooms/${await openRoom(cloud)}`;
    const measured: Record<string, number[]> = {};
    for (let run = 1; run <= RUNS; run += 1) {
      for (const [name, path] of Object.entries({ health: "/api/health", card, page: "/" })) {
        const { cold, warm } = await measure(cloud, path);
        (measured[`lambda_cold_${name}_ms`] ??= []).push(cold);
        (measured[`lambda_warm_${name}_ms`] ??= []).push(warm);
      }
    }
    report(measured, "ms");
  } finally {
    await cloud.stop();
  }
});

async function openRoom(cloud: Cloud): Promise<string> {
  const host = openBrowser(cloud.start());
  await host.signIn("Hanna Host", newAccountId(), cloud.nextAuthSecret);
  return (await host.post("/api/rooms")).body.code;
}

/** The time from a process's start to its first answer, and the duration of the second request. */
async function measure(cloud: Cloud, path: string): Promise<{ cold: number; warm: number }> {
  const startedAtMs = performance.now();
  const container = cloud.start();
  const browser = openBrowser(container);
  expect((await browser.ask(path)).status).toBe(200);
  const firstAtMs = performance.now();
  expect((await browser.ask(path)).status).toBe(200);
  const secondAtMs = performance.now();
  container.stop();
  return { cold: firstAtMs - startedAtMs, warm: secondAtMs - firstAtMs };
}
