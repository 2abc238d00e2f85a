import { expect, it } from "vitest";
import { entryLabel } from "./entry-words.ts";

it.each([
  [{ isHost: true, mustAsk: false, state: "open" as const }, "Start the meeting"],
  [{ isHost: true, mustAsk: false, state: "open" as const, isLive: true }, "Join now"],
  [{ isHost: true, mustAsk: false, state: "ended" as const }, "Start the meeting again"],
  [{ isHost: false, mustAsk: true, state: "open" as const }, "Ask to join"],
  [{ isHost: false, mustAsk: false, state: "open" as const }, "Join now"],
])("[S15] the button in front of the meeting says what happens: %o → %s", (card, label) => {
  expect(entryLabel(card)).toBe(label);
});
