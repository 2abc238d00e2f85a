import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import type { Api } from "#lib/seats/room-client.ts";
import type { LegStats } from "./home-leg-policy.ts";
import { createHomeLegManager } from "./home-leg-manager.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Leg a is home and dead, b is well. The server answers one after the other, the last again and again. */
function setup(...answers: ("ok" | ErrorCode)[]) {
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
  const legStats = (leg: string, link: LegStats["link"]): LegStats => ({
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
    stats: () => [legStats("a", isDead ? "gone" : "up"), legStats("b", "up")],
    moveHome: (leg: string) => void (home = leg),
  };
  const events = { unsure: vi.fn(), refused: vi.fn() };
  const address = { path: "/r", headers: {} };
  const sources = { legs, isOnline: () => isOnline, nearerAfterMs: 60_000 };
  const manager = createHomeLegManager(address, { api, random: () => 1 }, sources, events);
  return {
    manager,
    bodies,
    events,
    home: () => home,
    revive: () => (isDead = false),
    goOffline: () => (isOnline = false),
    measure: (roundTrips: Record<string, number>) => void Object.assign(roundTripsMs, roundTrips),
  };
}

test("[N39] reports a dead home leg, and moves when the server agrees", async () => {
  const { manager, bodies, home } = setup("ok");
  manager.check();
  manager.check();
  expect(home()).toBe("a");
  expect(manager.isMoving()).toBe(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(bodies).toEqual([{ leg: "b", lost: "a" }]);
  expect(home()).toBe("b");
  manager.check();
  expect(manager.isMoving()).toBe(false);
});

test("[N39] takes the permission to publish as the answer to a requested move only", async () => {
  const { manager, home } = setup("ok");
  manager.permitted("b");
  expect(home()).toBe("a");
  manager.check();
  manager.permitted("c");
  expect(home()).toBe("a");
  manager.permitted("b");
  expect(home()).toBe("b");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(home()).toBe("b");
});

/** Checks once a second. */
async function checkFor(manager: ReturnType<typeof setup>["manager"], ms: number): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += 1_000) {
    await vi.advanceTimersByTimeAsync(1_000);
    manager.check();
  }
}

test("[N42] moves to a much nearer leg after minutes, not before", async () => {
  const { manager, bodies, home, revive, measure } = setup("ok");
  revive();
  measure({ a: 90, b: 10 });
  await checkFor(manager, 119_000);
  expect(bodies).toEqual([]);
  await checkFor(manager, 4_000);
  expect(bodies).toEqual([{ leg: "b" }]);
  expect(home()).toBe("b");
  await checkFor(manager, 300_000);
  expect(bodies).toHaveLength(1);
});

test("[N42] [N39] gives up a failed move to a nearer leg and asks the server which leg is home", async () => {
  const { manager, bodies, home, events, revive, measure } = setup("media_unavailable");
  revive();
  measure({ a: 90, b: 10 });
  await checkFor(manager, 125_000);
  expect(bodies).toHaveLength(1);
  expect(home()).toBe("a");
  expect(events.unsure).toHaveBeenCalledTimes(1);
  await checkFor(manager, 125_000);
  expect(bodies).toHaveLength(2);
});

test("[N39] keeps asking an API that does not answer; after 5 s the connection counts as lost", async () => {
  const { manager, bodies, home } = setup("unavailable", "unavailable", "media_unavailable", "ok");
  manager.check();
  await vi.advanceTimersByTimeAsync(4_900);
  expect(bodies).toHaveLength(4);
  expect(home()).toBe("b");

  const silent = setup("unavailable");
  silent.manager.check();
  await vi.advanceTimersByTimeAsync(5_000);
  silent.manager.check();
  expect(silent.manager.isMoving()).toBe(false);
  expect(silent.bodies.length).toBeGreaterThan(5);
  silent.manager.stop();
});

test.each(["revive", "goOffline"] as const)(
  "[N39] stops asking when no move is needed (%s), and asks the server which leg is home",
  async (change) => {
    const { manager, bodies, home, events, ...changes } = setup("media_unavailable");
    manager.check();
    await vi.advanceTimersByTimeAsync(100);
    changes[change]();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(bodies).toHaveLength(1);
    expect(home()).toBe("a");
    expect(events.unsure).toHaveBeenCalledTimes(1);
  },
);

test("[N39] does not repeat a move that was refused permanently, and asks for the legs when one is gone", async () => {
  const refused = setup("not_inside");
  refused.manager.check();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(refused.bodies).toHaveLength(1);
  expect(refused.events.refused).toHaveBeenCalledTimes(1);

  const gone = setup("leg_gone", "ok");
  gone.manager.check();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(gone.events.unsure).toHaveBeenCalledTimes(1);
  expect(gone.home()).toBe("b");
});

test("[N39] moves when the server asks for it, though nothing is wrong", async () => {
  const { manager, bodies, home, revive } = setup("ok");
  revive();
  manager.request("b");
  await vi.advanceTimersByTimeAsync(0);
  expect(bodies).toEqual([{ leg: "b" }]);
  expect(home()).toBe("b");
});
