import { expect, test } from "vitest";
import { SYSTEM_TOPIC } from "#lib/rooms/nudge-schema.ts";
import { createNudgeDedupe, readNudge } from "./nudges.ts";

const packet = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
test.each([
  ["from the server", packet({ kind: "room" }), SYSTEM_TOPIC, "", "room"],
  ["from a participant", packet({ kind: "room" }), SYSTEM_TOPIC, "p_x", undefined],
  ["on another topic", packet({ kind: "room" }), "lk.chat", "", undefined],
  ["of an unknown kind", packet({ kind: "obey" }), SYSTEM_TOPIC, "", undefined],
  ["that is no JSON", packet("{"), SYSTEM_TOPIC, "", undefined],
])("[N63] accepts nudges from the server only: %s", (_, payload, topic, sender, expected) => {
  expect(readNudge(payload, topic, sender)?.kind).toBe(expected);
});

/** Each word is a leg, the nudge it brought and when: `a:x@0`. @returns `+` for each that is new, `-` for each copy */
function firstCopies(story: string): string {
  const isFirst = createNudgeDedupe();
  return story
    .split(" ")
    .map((word) => {
      const [, leg = "", text = "", at = ""] = /^(\w+):(\w+)@(\d+)$/.exec(word) ?? [];
      return isFirst(text, leg, Number(at)) ? "+" : "-";
    })
    .join("");
}

test.each([
  ["on one leg everything is new", "a:x@0 a:x@1 a:y@2", "+++"],
  ["a copy on another leg is not", "a:x@0 b:x@5 c:x@80", "+--"],
  ["sent twice, and copied twice", "a:x@0 a:x@1 b:x@5 b:x@6", "++--"],
  ["sent twice, each copied at once", "a:x@0 b:x@1 a:x@2 b:x@3", "+-+-"],
  ["the other leg is the quicker one", "b:x@0 a:x@1 b:x@2 a:x@3", "+-+-"],
  ["sent again later, after the first leg died", "a:x@0 b:x@2100", "++"],
  ["different nudges", "a:x@0 b:y@0", "++"],
])("[N36] handles a nudge that arrives on several legs once: %s", (_, story, expected) => {
  expect(firstCopies(story)).toBe(expected);
});
