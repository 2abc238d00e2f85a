import { describe, expect, it } from "vitest";
import { textsIn } from "../../tests/support/texts.ts";
import { type ClosedReason, afterCall } from "./after-call.ts";

const t = textsIn("en");

describe("after the call", () => {
  it.each<[ClosedReason, boolean, string | undefined]>([
    ["left", false, "Rejoin"],
    ["lost", false, "Rejoin"],
    ["moved", false, "Bring it back here"],
    ["removed", false, "Ask to rejoin"],
    ["banned", false, undefined],
    ["ended", false, undefined],
    ["ended", true, "Start again"],
  ])("[S16] %s (host: %s) offers %s", (reason, isHost, again) => {
    const shown = afterCall(reason, isHost);
    expect(shown.again && t(`after.${shown.again}`)).toBe(again);
    expect(t(`after.${shown.screen}.heading`)).not.toBe("");
    expect(t(`after.${shown.screen}.meaning`)).toMatch(/\.$/);
  });
});
