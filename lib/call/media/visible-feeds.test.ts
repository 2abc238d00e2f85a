import { expect, test, vi } from "vitest";
import { createVisibleFeeds } from "./visible-feeds.ts";

test("[N137] a picture is visible from its first place on the screen to its last", () => {
  const changed = vi.fn();
  const watched = createVisibleFeeds(changed);
  const leaveGrid = watched.add("ada", "camera");
  expect(watched.has("ada", "camera")).toBe(true);
  expect(watched.has("ada", "screenShare")).toBe(false);
  const leaveFront = watched.add("ada", "camera");
  leaveGrid();
  leaveGrid();
  expect(watched.has("ada", "camera")).toBe(true);
  expect(changed).toHaveBeenCalledTimes(1);
  leaveFront();
  expect(watched.has("ada", "camera")).toBe(false);
  expect(changed).toHaveBeenCalledTimes(2);
});
