import { expect, test } from "vitest";
import { textsIn } from "../../../tests/support/texts.ts";
import { newMessagesText } from "./new-messages.ts";

const hi = { name: "Ada", text: "Hi", kind: "account", role: "participant", isLikeHost: false } as const;

test.each<[Parameters<typeof newMessagesText>[1], boolean, string]>([
  [[], false, ""],
  [[hi], false, "Ada wrote: Hi"],
  [[hi, hi], false, "2 new messages."],
  [[hi, hi], true, "Ada wrote: Hi Ada wrote: Hi"],
  [[{ ...hi, kind: "guest" }], false, "Ada, guest, wrote: Hi"],
  [[{ ...hi, kind: "guest", role: "cohost" }], false, "Ada wrote: Hi"],
  [[{ ...hi, name: "Hanna Host", isLikeHost: true }], false, "Hanna Host, who is not the host, wrote: Hi"],
  [[{ ...hi, text: "x".repeat(200) }], false, `Ada wrote: ${"x".repeat(160)} …`],
])("[I23] messages of others are said, long ones shortened (%#)", (fresh, isOpen, text) => {
  expect(newMessagesText(textsIn("en"), fresh, isOpen)).toBe(text);
});
