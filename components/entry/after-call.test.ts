import { describe, expect, it } from "vitest";
import { type ClosedReason, afterCall } from "./after-call.ts";

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
    const screen = afterCall(reason, isHost);
    expect(screen.again).toBe(again);
    expect(screen.heading).not.toBe("");
    expect(screen.meaning).toMatch(/\.$/);
  });
});
