import { expect, test } from "vitest";
import { createNudgeDedupe } from "./dedupe-nudges.ts";

/** Each word is a leg, what it brought and when: `a:x@0`; the answer marks those that are news. */
function sift(story: string): string {
  const isNews = createNudgeDedupe();
  return story
    .split(" ")
    .map((word) => {
      const [, leg = "", text = "", at = ""] = /^(\w+):(\w+)@(\d+)$/.exec(word) ?? [];
      return isNews(text, leg, Number(at)) ? "+" : "-";
    })
    .join("");
}

test.each([
  ["on one leg everything is news", "a:x@0 a:x@1 a:y@2", "+++"],
  ["a copy on another leg is none", "a:x@0 b:x@5 c:x@80", "+--"],
  ["said twice, and copied twice", "a:x@0 a:x@1 b:x@5 b:x@6", "++--"],
  ["said twice, each copied at once", "a:x@0 b:x@1 a:x@2 b:x@3", "+-+-"],
  ["the other leg is the quicker one", "b:x@0 a:x@1 b:x@2 a:x@3", "+-+-"],
  ["said again later, after the first leg died", "a:x@0 b:x@2100", "++"],
  ["different words", "a:x@0 b:y@0", "++"],
])("[N36] what the server says on several legs is heeded once: %s", (_, story, expected) => {
  expect(sift(story)).toBe(expected);
});
