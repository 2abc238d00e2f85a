import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CROSSING_MS, DELAY_MS, WARM_MS, createTooltipTimer, createTooltips } from "./tooltip-timer.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A control and what its tooltip does: the name while it shows, "-" when it closes. */
function control(name: string, page = createTooltips()) {
  const seen: string[] = [];
  const timer = createTooltipTimer<string>((anchor) => void seen.push(anchor ?? "-"), page);
  return { ...timer, point: () => timer.point(name), focus: () => timer.focus(name), seen };
}
const wait = (ms: number) => void vi.advanceTimersByTime(ms);

test("[I45] a tooltip shows after a control was pointed at for a while, and closes when the pointer leaves", () => {
  const mute = control("mute");
  mute.point();
  wait(DELAY_MS - 1);
  mute.point();
  expect(mute.seen).toEqual([]);
  wait(1);
  expect(mute.seen).toEqual(["mute"]);
  mute.leave();
  wait(CROSSING_MS);
  expect(mute.seen).toEqual(["mute", "-"]);
});

test("[I45] a pointer that only passes shows nothing", () => {
  const mute = control("mute");
  mute.point();
  wait(DELAY_MS - 1);
  mute.leave();
  wait(DELAY_MS);
  expect(mute.seen).toEqual([]);
});

test("[I45] the pointer can move onto the bubble, which then stays", () => {
  const mute = control("mute");
  mute.focus();
  mute.leave();
  wait(CROSSING_MS - 1);
  mute.keep();
  wait(DELAY_MS);
  expect(mute.seen).toEqual(["mute"]);
  mute.close();
  expect(mute.seen).toEqual(["mute", "-"]);
});

test("[I45] after one tooltip the next shows at once, and the first closes", () => {
  const page = createTooltips();
  const [mute, leave] = [control("mute", page), control("leave", page)];
  mute.focus();
  leave.point();
  expect([mute.seen, leave.seen]).toEqual([["mute", "-"], ["leave"]]);
  leave.close();
  wait(WARM_MS - 1);
  mute.point();
  expect(mute.seen).toEqual(["mute", "-", "mute"]);
  mute.close();
  wait(WARM_MS);
  leave.point();
  expect(leave.seen).toEqual(["leave", "-"]);
  leave.leave();
});

test("[I45] keyboard focus shows it at once; a press closes it, and does not bring it back until the pointer returns", () => {
  const mute = control("mute");
  mute.focus();
  expect(mute.seen).toEqual(["mute"]);
  mute.press();
  mute.focus();
  mute.point();
  wait(DELAY_MS);
  expect(mute.seen).toEqual(["mute", "-"]);
  mute.leave();
  mute.point();
  wait(DELAY_MS);
  expect(mute.seen).toEqual(["mute", "-", "mute"]);
  mute.close();
});
