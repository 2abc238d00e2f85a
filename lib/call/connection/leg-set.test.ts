import { expect, test, vi } from "vitest";
import type { LegAccess } from "#lib/regions/leg-schema.ts";
import { keyOf } from "./leg-key.ts";
import { connectLegs, planLegs } from "./leg-set.ts";

/** A leg whose connecting the test ends. */
function aLeg() {
  let succeed = () => {};
  let fail = () => {};
  const connected = new Promise<void>((resolve, reject) => {
    succeed = resolve;
    fail = () => reject(new Error("no answer"));
  });
  return { connect: vi.fn(() => connected), succeed: () => succeed(), fail: () => fail() };
}

test("[N37] connects the other legs after the home leg, without waiting for them", async () => {
  const [home, standby] = [aLeg(), aLeg()];
  const connected = connectLegs(home, [standby]);
  expect(standby.connect).not.toHaveBeenCalled();
  home.succeed();
  await connected;
  expect(standby.connect).toHaveBeenCalledTimes(1);
  standby.fail(); // must not become an unhandled rejection
});

test("[N37] connects the other legs when the home leg is slow", async () => {
  vi.useFakeTimers();
  const [home, standby] = [aLeg(), aLeg()];
  const connected = connectLegs(home, [standby]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(standby.connect).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
  standby.succeed();
  home.fail();
  await connected;
  expect(standby.connect).toHaveBeenCalledTimes(1);
});

test("[N37] succeeds with another leg when the home leg fails, and fails when all do", async () => {
  const [home, dead, well] = [aLeg(), aLeg(), aLeg()];
  const connected = connectLegs(home, [dead, well]);
  home.fail();
  dead.fail();
  well.succeed();
  await connected;

  const [alone, other] = [aLeg(), aLeg()];
  const failed = connectLegs(alone, [other]);
  other.fail();
  alone.fail();
  await expect(failed).rejects.toThrow("no answer");
});

const token = (room: string, sub: string) => `x.${btoa(JSON.stringify({ sub, video: { room } }))}.signature`;
const access = (leg: string, more: Partial<LegAccess> = {}): LegAccess => ({
  leg,
  site: "s",
  region: "r",
  url: "ws://one",
  token: token(`session.${leg}`, "p_me"),
  home: leg === "a",
  ...more,
});

test.each([
  ["the same", access("a"), true],
  ["with another token for the same", access("a", { token: `${token("session.a", "p_me")}2` }), true],
  ["on another server", access("a", { url: "ws://two" }), false],
  ["of another session", access("a", { token: token("later.a", "p_me") }), false],
  ["for another seat", access("a", { token: token("session.a", "p_again") }), false],
  ["another letter", access("b", { token: token("session.a", "p_me") }), false],
  ["that cannot be read", access("a", { token: "?" }), false],
])("[N37] recognises an access to a current connection: %s", (_, other, expected) => {
  expect(keyOf(other) === keyOf(access("a"))).toBe(expected);
});

test("[N37] keeps legs that work, reopens those that do not, and closes those no longer named", () => {
  const [a, b, c] = ["a", "b", "c"].map((leg) => ({ leg, key: keyOf(access(leg)) }));
  const plan = planLegs(
    [a, b, c].filter((leg) => leg !== undefined),
    [access("a"), access("b"), access("d")],
    (leg) => leg !== b,
  );
  expect({
    kept: plan.kept.map(({ leg }) => leg),
    left: plan.left.map(({ leg }) => leg),
    missing: plan.missing.map(({ leg }) => leg),
  }).toEqual({ kept: ["a"], left: ["b", "c"], missing: ["b", "d"] });
});
