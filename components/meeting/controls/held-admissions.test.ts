import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createHeldAdmissions, HOLD_MS } from "./held-admissions.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ADA = { ticketId: "t_ada", name: "Ada" };
const BOB = { ticketId: "t_bob", name: "Bob" };

function setup() {
  const log: string[] = [];
  const held = createHeldAdmissions({
    admit: (ticketId) => log.push(`admit ${ticketId}`),
    onHeld: ({ name }) => log.push(`held ${name}`),
    onOver: ({ name }) => log.push(`over ${name}`),
  });
  return { held, log };
}

describe("[I28] an admission by key can be undone before it is sent", () => {
  test("it is sent once, after the delay", () => {
    const { held, log } = setup();
    held.hold(ADA);
    vi.advanceTimersByTime(HOLD_MS - 1);
    expect(log).toEqual(["held Ada"]);
    vi.advanceTimersByTime(60_000);
    expect(log).toEqual(["held Ada", "over Ada", "admit t_ada"]);
    expect(held.undo()).toBeUndefined();
  });

  test("it is not sent after Undo", () => {
    const { held, log } = setup();
    held.hold(ADA);
    vi.advanceTimersByTime(HOLD_MS - 1);
    expect(held.undo()).toEqual(ADA);
    vi.advanceTimersByTime(60_000);
    expect(log).toEqual(["held Ada", "over Ada"]);
  });

  test("pressing the key again changes nothing; after Undo it starts again", () => {
    const { held, log } = setup();
    expect([held.hold(ADA), held.hold(ADA)]).toEqual([true, false]);
    held.undo();
    expect(held.hold(ADA)).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(log.filter((line) => line.startsWith("admit"))).toEqual(["admit t_ada"]);
  });

  test("Undo takes the newest of several; the others are sent", () => {
    const { held, log } = setup();
    held.hold(ADA);
    held.hold(BOB);
    expect(held.undo()).toEqual(BOB);
    expect([held.isHeld("t_ada"), held.isHeld("t_bob")]).toEqual([true, false]);
    vi.advanceTimersByTime(60_000);
    expect(log.filter((line) => line.startsWith("admit"))).toEqual(["admit t_ada"]);
  });

  test("it is dropped when the guest is no longer waiting", () => {
    const { held, log } = setup();
    held.hold(ADA);
    held.hold(BOB);
    held.keepOnly(["t_bob"]);
    expect(log).toEqual(["held Ada", "held Bob", "over Ada"]);
    held.clear();
    vi.advanceTimersByTime(60_000);
    expect(log.filter((line) => line.startsWith("admit"))).toEqual([]);
  });
});
