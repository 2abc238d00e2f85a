import { expect, test } from "vitest";
import { guestNotes } from "./guest-notes.ts";

const plain = {
  kind: "guest" as const,
  isConnected: true,
  denials: 0,
  networkDenials: 0,
  isLikeRemoved: false,
  isLikeHost: false,
  isAsleep: false,
};

test.each([
  [plain, []],
  [{ ...plain, kind: "person" as const }, ["signed in"]],
  [{ ...plain, isConnected: false }, ["connection lost"]],
  [{ ...plain, isAsleep: true }, ["screen locked, enters on waking"]],
  [{ ...plain, denials: 1 }, ["denied once before"]],
  [{ ...plain, networkDenials: 2 }, ["same network as a denied guest"]],
  [{ ...plain, denials: 1, networkDenials: 1 }, ["denied once before"]],
  [
    {
      kind: "person" as const,
      isConnected: false,
      denials: 2,
      networkDenials: 3,
      isLikeRemoved: true,
      isLikeHost: true,
      isAsleep: false,
    },
    [
      "name reads like a host’s",
      "same network as a removed participant",
      "denied 2 times before",
      "connection lost",
      "signed in",
    ],
  ],
])("[I21] a host learns what matters before deciding (%j)", (guest, notes) => {
  expect(guestNotes(guest)).toEqual(notes);
});
