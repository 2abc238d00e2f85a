import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import type { Api } from "#lib/seats/room-client.ts";
import { createLegSync } from "./leg-sync.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A browser on legs of these names, and a server that names others. `answer` an error: it refuses. */
function scene({ mine, answer }: { mine: string[]; answer: string[] | ErrorCode }) {
  const asked = vi.fn();
  const api = (async (_path: string, request: { answer: { parse: (value: unknown) => unknown } }) => {
    asked();
    if (typeof answer === "string") throw new AppError(answer);
    const legs = answer.map((leg, index) => ({ leg, site: "s", region: "r", url: "u", token: "t", home: index === 0 }));
    return request.answer.parse({ legs });
  }) as Api;
  const home = { leg: mine[0] ?? "" };
  const legs = {
    names: () => mine,
    home: () => home as never,
    adjust: vi.fn(async () => {}),
  };
  const refused = vi.fn();
  const address = { path: "/r", headers: {} };
  const upkeep = createLegSync(address, { api, random: () => 1 }, { legs, isLive: () => true }, refused);
  return { upkeep, asked, legs, refused };
}

test("[N38] while all is right nothing is asked; a nudge asks soon", async () => {
  const { upkeep, asked, legs } = scene({ mine: ["a", "b"], answer: ["a", "b"] });
  upkeep.told({ legs: ["b", "a"], homeLeg: "a" });
  upkeep.look();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(asked).not.toHaveBeenCalled();
  upkeep.nudged();
  await vi.advanceTimersByTimeAsync(250);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(legs.adjust).toHaveBeenCalledTimes(1);
  upkeep.stop();
});

test.each([
  ["a leg I lack", ["a", "b"], "a"],
  ["a leg that is gone", [], "a"],
  ["another home", ["a"], "b"],
])("[N38] an answer that names %s leads to asking for legs", async (_, living, homeLeg) => {
  const { upkeep, asked } = scene({ mine: ["a"], answer: ["a"] });
  upkeep.told({ legs: living, homeLeg });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toHaveBeenCalledTimes(1);
  upkeep.stop();
});

test("[N38] a standby that cannot be reached is asked for with growing pauses, up to half a minute", async () => {
  const { upkeep, asked } = scene({ mine: ["a"], answer: ["a", "b"] });
  upkeep.told({ legs: ["a", "b"], homeLeg: "a" });
  const counts: number[] = [];
  for (let tens = 0; tens < 12; tens += 1) {
    for (let looks = 0; looks < 10; looks += 1) {
      upkeep.look();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    counts.push(asked.mock.calls.length);
  }
  expect(counts.join(" ")).toBe("3 4 4 5 5 5 6 6 6 7 7 7");
  upkeep.stop();
});

test("[N38] what an answer changes does not lead to asking again at once", async () => {
  const { upkeep, asked, legs } = scene({ mine: ["a"], answer: ["b"] });
  legs.adjust.mockImplementation(async () => upkeep.look());
  upkeep.nudged();
  await vi.advanceTimersByTimeAsync(900);
  expect(asked).toHaveBeenCalledTimes(1);
  upkeep.stop();
});

test("[N38] whoever publishes where the server does not have them asks every three seconds", async () => {
  const { upkeep, asked } = scene({ mine: ["a"], answer: ["b"] });
  upkeep.told({ legs: ["b"], homeLeg: "b" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.mock.calls.length).toBeGreaterThanOrEqual(20);
  expect(asked.mock.calls.length).toBeLessThan(40);
  upkeep.stop();
});

test("[N38] a refusal for good is for the API to explain, weather is not", async () => {
  for (const [code, times] of [
    ["not_inside", 1],
    ["unavailable", 0],
  ] as const) {
    const { upkeep, refused } = scene({ mine: ["a"], answer: code });
    upkeep.nudged();
    await vi.advanceTimersByTimeAsync(250);
    expect(refused).toHaveBeenCalledTimes(times);
    upkeep.stop();
  }
});
