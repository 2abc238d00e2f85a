import { expect, test } from "vitest";
import { textsIn } from "../../tests/support/texts.ts";
import { roundedDuration } from "./duration.ts";

test.each([
  [0, "1 second"],
  [1, "1 second"],
  [42, "42 seconds"],
  [90, "2 minutes"],
  [3600, "60 minutes"],
])("[S9] %d seconds read %s", (seconds, words) => {
  const text = textsIn("en")("refusals.tooOften.meaning", roundedDuration(seconds));
  expect(text).toBe(`You tried too often in a short time. Try again in ${words}.`);
});
