import { expect, it } from "vitest";
import type { EntryState } from "#lib/lobby/entry.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { lastAttempt, entryLabel } from "./entry-text.ts";

const t = textsIn("en");

it.each([
  [{ isHost: true, mustAsk: false, state: "open" as const }, "Start meeting"],
  [{ isHost: true, mustAsk: false, state: "open" as const, isLive: true }, "Join now"],
  [{ isHost: true, mustAsk: false, state: "ended" as const }, "Start meeting again"],
  [{ isHost: false, mustAsk: true, state: "open" as const }, "Ask to join"],
  [{ isHost: false, mustAsk: false, state: "open" as const }, "Join now"],
])("[S15] the button in front of the meeting says what happens: %o → %s", (card, label) => {
  expect(t(entryLabel(card))).toBe(label);
});

it.each<[EntryState, RegExp | undefined]>([
  [{ status: "lapsed", why: "expired" }, /within ten minutes/],
  [{ status: "lapsed", why: "silent" }, /was offline for a minute/],
  [{ status: "lapsed", why: "gone" }, /no longer exists/],
  [{ status: "cancelled" }, /Request cancelled/],
  [{ status: "idle" }, undefined],
])("[S21] each reason for which a request is over has its own sentence: %o", (entry, words) => {
  const note = lastAttempt(entry);
  if (words) expect(note && t(note)).toMatch(words);
  else expect(note).toBeUndefined();
});
