import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import type { Api } from "#lib/seats/room-client.ts";
import { createLegSync } from "./leg-sync.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A browser on the legs `mine`, and a server that answers with these legs or this error. */
function setup({ mine, answer }: { mine: string[]; answer: string[] | ErrorCode }) {
  const asked = vi.fn();
  const api = (async () => {
    asked();
    if (typeof answer === "string") throw new AppError(answer);
    const legs = answer.map((leg, index) => ({ leg, site: "s", region: "r", url: "u", token: "t", home: index === 0 }));
    return { legs };
  }) as Api;
  const home = { leg: mine[0] ?? "" };
  const legs = {
    names: () => mine,
    home: () => home as never,
    adjust: vi.fn(async () => {}),
  };
  const refused = vi.fn();
  const address = { path: "/r", headers: {} };
  const sync = createLegSync(address, { api, random: () => 1 }, { legs, isLive: () => true }, refused);
  return { sync, asked, legs, refused };
}

test("[N38] asks nothing while the legs match, and soon after a nudge", async () => {
  const { sync, asked, legs } = setup({ mine: ["a", "b"], answer: ["a", "b"] });
  sync.handleView({ legs: ["b", "a"], homeLeg: "a" });
  sync.check();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(asked).not.toHaveBeenCalled();
  sync.nudged();
  await vi.advanceTimersByTimeAsync(250);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(legs.adjust).toHaveBeenCalledTimes(1);
  sync.stop();
});

test.each([
  ["a leg that is missing here", ["a", "b"], "a"],
  ["a leg that is gone", [], "a"],
  ["another home", ["a"], "b"],
])("[N38] asks for legs when the API names %s", async (_, live, homeLeg) => {
  const { sync, asked } = setup({ mine: ["a"], answer: ["a"] });
  sync.handleView({ legs: live, homeLeg });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toHaveBeenCalledTimes(1);
  sync.stop();
});

test("[N38] retries an unreachable standby leg with growing pauses of up to 30 s", async () => {
  const { sync, asked } = setup({ mine: ["a"], answer: ["a", "b"] });
  sync.handleView({ legs: ["a", "b"], homeLeg: "a" });
  const counts: number[] = [];
  for (let tens = 0; tens < 12; tens += 1) {
    for (let looks = 0; looks < 10; looks += 1) {
      sync.check();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    counts.push(asked.mock.calls.length);
  }
  expect(counts.join(" ")).toBe("3 4 4 5 5 5 6 6 6 7 7 7");
  sync.stop();
});

test("[N38] does not ask again at once because of what an answer changed", async () => {
  const { sync, asked, legs } = setup({ mine: ["a"], answer: ["b"] });
  legs.adjust.mockImplementation(async () => sync.check());
  sync.nudged();
  await vi.advanceTimersByTimeAsync(900);
  expect(asked).toHaveBeenCalledTimes(1);
  sync.stop();
});

test("[N38] asks every three seconds while publishing on another leg than the server names", async () => {
  const { sync, asked } = setup({ mine: ["a"], answer: ["b"] });
  sync.handleView({ legs: ["b"], homeLeg: "b" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.mock.calls.length).toBeGreaterThanOrEqual(20);
  expect(asked.mock.calls.length).toBeLessThan(40);
  sync.stop();
});

test("[N38] reports a final refusal, and retries a transient one", async () => {
  for (const [code, times] of [
    ["not_inside", 1],
    ["unavailable", 0],
  ] as const) {
    const { sync, refused } = setup({ mine: ["a"], answer: code });
    sync.nudged();
    await vi.advanceTimersByTimeAsync(250);
    expect(refused).toHaveBeenCalledTimes(times);
    sync.stop();
  }
});
