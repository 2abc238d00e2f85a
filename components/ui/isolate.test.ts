import { expect, test } from "vitest";
import { logEntryText } from "#components/people/log-entry-text.ts";
import { noticeText } from "#components/meeting/announcements/notice-text.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { isolate } from "./isolate.ts";

test.each([
  ["מיכל", "\u2068מיכל\u2069"],
  ["محمد 2", "\u2068محمد 2\u2069"],
  ["Ada מ", "\u2068Ada מ\u2069"],
  ["Ada", "Ada"],
  ["Юлия", "Юлия"],
])("[I29] a right-to-left name in a sentence is isolated: %s", (name, text) => {
  expect(isolate(name)).toBe(text);
});

test("[I29] names are isolated in the log and in notices", () => {
  const t = textsIn("en");
  const entry = { atMs: 0, by: "מיכל", what: "mute", target: "محمد", detail: "" } as const;
  expect(logEntryText(t, entry)).toBe("\u2068מיכל\u2069 muted \u2068محمد\u2069");
  expect(noticeText(t, { type: "muted", by: "מיכל" } as never)).toBe("\u2068מיכל\u2069 muted you");
});
