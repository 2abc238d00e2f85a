import { expect, test } from "vitest";
import { Remembered } from "./remembered.ts";

const ada = { room: "s.a", identity: "p_ada" };
const NOW = 1_800_000_000_000;
/** The time at which Redis went away. */
const AWAY = NOW + 10_000;

/** Ada, confirmed and connected, and what happened next. */
function remembering(next: (remembered: Remembered) => void): Remembered {
  const remembered = new Remembered();
  remembered.confirm(ada, NOW, "e1");
  remembered.opened(ada);
  next(remembered);
  return remembered;
}

test.each([
  { what: "is still connected", next: () => {}, expected: true },
  { what: "was cut after Redis went away", next: (all: Remembered) => all.closed(ada, AWAY), expected: true },
  { what: "was cut before Redis went away", next: (all: Remembered) => all.closed(ada, AWAY - 1), expected: false },
  {
    what: "was cut over a minute ago",
    next: (all: Remembered) => all.closed(ada, AWAY),
    atMs: AWAY + 60_001,
    expected: false,
  },
  { what: "has been refused since", next: (all: Remembered) => all.forget(ada), expected: false },
  {
    what: "was refused and then cut",
    next: (all: Remembered) => {
      all.forget(ada);
      all.closed(ada, AWAY);
    },
    expected: false,
  },
  {
    what: "has one of two connections left",
    next: (all: Remembered) => {
      all.opened(ada);
      all.closed(ada, AWAY - 1);
    },
    expected: true,
  },
])(
  "[K19] a participant who $what may come back while Redis is away: $expected",
  ({ next, expected, atMs = AWAY + 5_000 }) => {
    expect(remembering(next).mayComeBack(ada, AWAY, atMs)).toBe(expected);
  },
);

test("[K19] a participant who was confirmed and never connected may not come back", () => {
  const remembered = new Remembered();
  remembered.confirm(ada, NOW, "e1");
  expect(remembered.mayComeBack(ada, AWAY, AWAY)).toBe(false);
  expect(remembering(() => {}).mayComeBack({ ...ada, room: "s.b" }, AWAY, AWAY)).toBe(false);
});

test("[K18] a participant confirmed before Redis was emptied is distinguished from a stranger", () => {
  const remembered = remembering(() => {});
  expect(remembered.isOfEarlier(ada, "e1")).toBe(false);
  expect(remembered.isOfEarlier(ada, "e2")).toBe(true);
  expect(remembered.isOfEarlier(ada, undefined)).toBe(true);
  expect(remembered.isOfEarlier({ ...ada, identity: "p_eve" }, "e2")).toBe(false);
});

test("participants not seen for a minute are forgotten, connected ones are not", () => {
  const bea = { room: "s.a", identity: "p_bea" };
  const cleo = { room: "s.b", identity: "p_cleo" };
  const remembered = remembering((all) => {
    all.confirm(bea, NOW, "e1");
    all.confirm(cleo, NOW, "e1");
    all.keep(cleo, NOW + 60_000);
  });
  expect(remembered.byRoom()).toEqual(
    new Map([
      ["s.a", ["p_ada", "p_bea"]],
      ["s.b", ["p_cleo"]],
    ]),
  );
  remembered.prune(NOW + 60_001);
  expect(remembered.byRoom()).toEqual(
    new Map([
      ["s.a", ["p_ada"]],
      ["s.b", ["p_cleo"]],
    ]),
  );
});
