import { expect, test } from "vitest";
import { guestNotes } from "./guest-notes.ts";

const plain = { kind: "guest" as const, isConnected: true, denials: 0, isLikeRemoved: false };

test.each([
  [plain, []],
  [{ ...plain, kind: "person" as const }, ["signed in"]],
  [{ ...plain, isConnected: false }, ["connection lost"]],
  [{ ...plain, denials: 1 }, ["denied once before"]],
  [
    { kind: "person" as const, isConnected: false, denials: 2, isLikeRemoved: true },
    ["same network as somebody removed", "denied 2 times before", "connection lost", "signed in"],
  ],
])("[I21] a host learns what matters before deciding (%j)", (guest, notes) => {
  expect(guestNotes(guest)).toEqual(notes);
});
