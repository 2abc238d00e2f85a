import { expect, test, vi } from "vitest";
import type { LegAccess } from "#lib/regions/leg-schema.ts";
import { connectLegs } from "./connect-legs.ts";
import { keyOf } from "./leg-key.ts";
import { planLegs } from "./leg-plan.ts";

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

test("[N37] the others begin when the home leg is connected, and nobody waits for them", async () => {
  const [home, standby] = [aLeg(), aLeg()];
  const connected = connectLegs(home, [standby]);
  expect(standby.connect).not.toHaveBeenCalled();
  home.succeed();
  await connected;
  expect(standby.connect).toHaveBeenCalledTimes(1);
  standby.fail(); // and it is nobody's unhandled error
});

test("[N37] a home leg that is long in coming does not hold the others up", async () => {
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

test("[N37] without a home leg one of the others will do, and without any it failed", async () => {
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
])("[N37] an access is for a connection there is: %s", (_, other, expected) => {
  expect(keyOf(other) === keyOf(access("a"))).toBe(expected);
});

test("[N37] what is the same and good is kept, what is bad is opened again, what is gone is left", () => {
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
