import { expect, it } from "vitest";
import { textsIn } from "../../tests/support/texts.ts";
import { activityText } from "./room-name.ts";

it.each([
  [{ isLive: true, insideCount: 3, waitingCount: 2 }, "3 in the meeting · 2 waiting"],
  [{ isLive: true, insideCount: 1, waitingCount: 0 }, "1 in the meeting"],
  [{ isLive: true, insideCount: 0, waitingCount: 0 }, "Live"],
  [{ isLive: false, insideCount: 0, waitingCount: 2 }, "2 waiting"],
  [{ isLive: false, insideCount: 0, waitingCount: 0 }, undefined],
])("[S14] shows the activity of a meeting on the home page: %o reads %s", (room, words) => {
  expect(activityText(textsIn("en"), room)).toBe(words);
});
