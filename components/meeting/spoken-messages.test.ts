import { expect, test } from "vitest";
import { spokenMessages } from "./spoken-messages.ts";

const hi = { name: "Ada", text: "Hi" };

test.each([
  [[], false, ""],
  [[hi], false, "Ada wrote: Hi"],
  [[hi, hi], false, "2 new messages."],
  [[hi, hi], true, "Ada wrote: Hi Ada wrote: Hi"],
  [[{ name: "Ada", text: "x".repeat(200) }], false, `Ada wrote: ${"x".repeat(160)} …`],
])("[I23] messages of others are said, long ones shortened (%#)", (fresh, isOpen, text) => {
  expect(spokenMessages(fresh, isOpen)).toBe(text);
});
