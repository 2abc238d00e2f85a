import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createHeldAdmissions, HOLD_MS } from "./held-admissions.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ADA = { ticketId: "t_ada", name: "Ada" };
const BOB = { ticketId: "t_bob", name: "Bob" };

function scene() {
  const log: string[] = [];
  const held = createHeldAdmissions({
    admit: (ticketId) => log.push(`admit ${ticketId}`),
    onHeld: ({ name }) => log.push(`held ${name}`),
    onOver: ({ name }) => log.push(`over ${name}`),
  });
  return { held, log };
}

describe("[I28] an admission by key can be undone, and then has never happened", () => {
  test("is sent when the pause has passed, once", () => {
    const { held, log } = scene();
    held.hold(ADA);
    vi.advanceTimersByTime(HOLD_MS - 1);
    expect(log).toEqual(["held Ada"]);
    vi.advanceTimersByTime(60_000);
    expect(log).toEqual(["held Ada", "over Ada", "admit t_ada"]);
    expect(held.undo()).toBeUndefined();
  });

  test("is never sent once it is undone", () => {
    const { held, log } = scene();
    held.hold(ADA);
    vi.advanceTimersByTime(HOLD_MS - 1);
    expect(held.undo()).toEqual(ADA);
    vi.advanceTimersByTime(60_000);
    expect(log).toEqual(["held Ada", "over Ada"]);
  });

  test("is held once, however often the key is pressed, and may be given again after it was undone", () => {
    const { held, log } = scene();
    expect([held.hold(ADA), held.hold(ADA)]).toEqual([true, false]);
    held.undo();
    expect(held.hold(ADA)).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(log.filter((line) => line.startsWith("admit"))).toEqual(["admit t_ada"]);
  });

  test("the newest of several is undone first, and the others go their way", () => {
    const { held, log } = scene();
    held.hold(ADA);
    held.hold(BOB);
    expect(held.undo()).toEqual(BOB);
    expect([held.isHeld("t_ada"), held.isHeld("t_bob")]).toEqual([true, false]);
    vi.advanceTimersByTime(60_000);
    expect(log.filter((line) => line.startsWith("admit"))).toEqual(["admit t_ada"]);
  });

  test("who was decided otherwise meanwhile, or left, is not admitted and cannot be undone", () => {
    const { held, log } = scene();
    held.hold(ADA);
    held.hold(BOB);
    held.keepOnly(["t_bob"]);
    expect(log).toEqual(["held Ada", "held Bob", "over Ada"]);
    held.clear();
    vi.advanceTimersByTime(60_000);
    expect(log.filter((line) => line.startsWith("admit"))).toEqual([]);
  });
});
