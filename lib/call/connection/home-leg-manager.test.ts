import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import type { Api } from "#lib/seats/room-client.ts";
import type { LegStats } from "./home-leg-policy.ts";
import { createHomeLegManager } from "./home-leg-manager.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Leg a is home and dead, b is well. The server answers one after the other, the last again and again. */
function scene(...answers: ("ok" | ErrorCode)[]) {
  const bodies: unknown[] = [];
  let home = "a";
  let isDead = true;
  let isOnline = true;
  const roundTripsMs: Record<string, number> = {};
  const api = (async (_path: string, { body }: { body: unknown }) => {
    bodies.push(body);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer !== undefined && answer !== "ok") throw new AppError(answer);
    return { leg: "b" };
  }) as Api;
  const pulse = (leg: string, link: LegStats["link"]): LegStats => ({
    leg,
    link,
    lostAtMs: link === "up" ? undefined : performance.now() - 1_000,
    lastReceivedAtMs: link === "up" ? performance.now() : performance.now() - 1_000,
    isSuspect: false,
    noPacketsForMs: 0,
    noKeepaliveForMs: 0,
    roundTripMs: roundTripsMs[leg],
  });
  const legs = {
    home: () => ({ leg: home }) as never,
    pulses: () => [pulse("a", isDead ? "gone" : "up"), pulse("b", "up")],
    moveHome: (leg: string) => void (home = leg),
  };
  const hears = { unsure: vi.fn(), refused: vi.fn() };
  const address = { path: "/r", headers: {} };
  const sources = { legs, isOnline: () => isOnline, nearerAfterMs: 60_000 };
  const keeper = createHomeLegManager(address, { api, random: () => 1 }, sources, hears);
  return {
    keeper,
    bodies,
    hears,
    home: () => home,
    revive: () => (isDead = false),
    goOffline: () => (isOnline = false),
    measure: (roundTrips: Record<string, number>) => void Object.assign(roundTripsMs, roundTrips),
  };
}

test("[N39] a dead home leg is reported, and the other one is home once the server says so", async () => {
  const { keeper, bodies, home } = scene("ok");
  keeper.look();
  keeper.look();
  expect(home()).toBe("a");
  expect(keeper.isMoving()).toBe(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(bodies).toEqual([{ leg: "b", lost: "a" }]);
  expect(home()).toBe("b");
  keeper.look();
  expect(keeper.isMoving()).toBe(false);
});

test("[N39] the right to publish there is the yes to a move that was asked for, and to no other", async () => {
  const { keeper, home } = scene("ok");
  keeper.granted("b");
  expect(home()).toBe("a");
  keeper.look();
  keeper.granted("c");
  expect(home()).toBe("a");
  keeper.granted("b");
  expect(home()).toBe("b");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(home()).toBe("b");
});

/** Looks once a second, as often as it takes. */
async function lookFor(keeper: ReturnType<typeof scene>["keeper"], ms: number): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += 1_000) {
    await vi.advanceTimersByTimeAsync(1_000);
    keeper.look();
  }
}

test("[N42] whoever is far from the home leg moves to the near one after minutes, and not before", async () => {
  const { keeper, bodies, home, revive, measure } = scene("ok");
  revive();
  measure({ a: 90, b: 10 });
  await lookFor(keeper, 119_000);
  expect(bodies).toEqual([]);
  await lookFor(keeper, 4_000);
  expect(bodies).toEqual([{ leg: "b" }]);
  expect(home()).toBe("b");
  await lookFor(keeper, 300_000);
  expect(bodies).toHaveLength(1);
});

test("[N42] [N39] a move to a near leg that fails is not insisted on; where the server has me is looked up", async () => {
  const { keeper, bodies, home, hears, revive, measure } = scene("media_unavailable");
  revive();
  measure({ a: 90, b: 10 });
  await lookFor(keeper, 125_000);
  expect(bodies).toHaveLength(1);
  expect(home()).toBe("a");
  expect(hears.unsure).toHaveBeenCalledTimes(1);
  await lookFor(keeper, 125_000);
  expect(bodies).toHaveLength(2);
});

test("[N39] an API that does not answer is asked again and again; after 5 s it is a loss", async () => {
  const { keeper, bodies, home } = scene("unavailable", "unavailable", "media_unavailable", "ok");
  keeper.look();
  await vi.advanceTimersByTimeAsync(4_900);
  expect(bodies).toHaveLength(4);
  expect(home()).toBe("b");

  const deaf = scene("unavailable");
  deaf.keeper.look();
  await vi.advanceTimersByTimeAsync(5_000);
  deaf.keeper.look();
  expect(deaf.keeper.isMoving()).toBe(false);
  expect(deaf.bodies.length).toBeGreaterThan(5);
  deaf.keeper.stop();
});

test.each(["revive", "goOffline"] as const)(
  "[N39] asking ends when it is not needed: %s; where the server has me is looked up",
  async (change) => {
    const { keeper, bodies, home, hears, ...scenery } = scene("media_unavailable");
    keeper.look();
    await vi.advanceTimersByTimeAsync(100);
    scenery[change]();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(bodies).toHaveLength(1);
    expect(home()).toBe("a");
    expect(hears.unsure).toHaveBeenCalledTimes(1);
  },
);

test("[N39] what is refused for good is not asked again, and a leg that is gone makes the browser ask which are there", async () => {
  const refused = scene("not_inside");
  refused.keeper.look();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(refused.bodies).toHaveLength(1);
  expect(refused.hears.refused).toHaveBeenCalledTimes(1);

  const gone = scene("leg_gone", "ok");
  gone.keeper.look();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(gone.hears.unsure).toHaveBeenCalledTimes(1);
  expect(gone.home()).toBe("b");
});

test("[N39] the server's wish is followed though nothing is wrong", async () => {
  const { keeper, bodies, home, revive } = scene("ok");
  revive();
  keeper.wish("b");
  await vi.advanceTimersByTimeAsync(0);
  expect(bodies).toEqual([{ leg: "b" }]);
  expect(home()).toBe("b");
});
