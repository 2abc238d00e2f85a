import { expect, test } from "vitest";
import { textsIn } from "../../tests/support/texts.ts";
import { crowdWarning, guestNotes } from "./guest-notes.ts";

const t = textsIn("en");
const plain = {
  kind: "guest" as const,
  isConnected: true,
  denials: 0,
  networkDenials: 0,
  isLikeRemoved: false,
};

test.each([
  [plain, []],
  [{ ...plain, kind: "account" as const }, ["signed in"]],
  [{ ...plain, isConnected: false }, ["connection lost"]],
  [{ ...plain, isAsleep: true }, ["screen locked, joins when unlocked"]],
  [{ ...plain, denials: 1 }, ["denied once before"]],
  [{ ...plain, networkDenials: 2 }, ["same network as a denied guest"]],
  [{ ...plain, denials: 1, networkDenials: 1 }, ["denied once before"]],
  [
    {
      kind: "account" as const,
      isConnected: false,
      denials: 2,
      networkDenials: 3,
      isLikeRemoved: true,
    },
    ["same network as a removed participant", "denied 2 times before", "connection lost", "signed in"],
  ],
])("[I21] a host learns what matters before deciding (%j)", (guest, notes) => {
  expect(guestNotes(t, guest)).toEqual(notes);
});

test.each([
  [[], ""],
  [[{ isLikeHost: false, isLikeRemoved: false }], ""],
  [[{ isLikeHost: false, isLikeRemoved: true }], "One is on the same network as a removed participant: see all first"],
  [
    [
      { isLikeHost: false, isLikeRemoved: true },
      { isLikeHost: true, isLikeRemoved: false },
    ],
    "One name looks like a host’s: see all first",
  ],
])("[L27] [I21] before admitting all a host reads what would be overlooked (%#)", (guests, warning) => {
  const key = crowdWarning(guests);
  expect(key ? t(key) : "").toBe(warning);
});
