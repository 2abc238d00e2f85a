import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAnnouncer } from "./announcer.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("[I18] what happens together is said in one breath, and the same words can be said again", () => {
  const { announce, announcement } = createAnnouncer();
  announce("Ada joined.");
  announce("");
  announce("Bo asks to join.");
  vi.runAllTimers();
  expect(announcement.getSnapshot()).toEqual({ turn: 1, text: "Ada joined. Bo asks to join." });
  announce("Ada joined.");
  vi.runAllTimers();
  announce("Ada joined.");
  vi.runAllTimers();
  expect(announcement.getSnapshot()).toEqual({ turn: 3, text: "Ada joined." });
});
