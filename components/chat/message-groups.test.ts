import { expect, test } from "vitest";
import type { ChatMessage } from "#lib/rooms/chat-message.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { GROUP_GAP_MS, groupMessages, senderWord } from "./message-groups.ts";

let seq = 0;
const says = (identity: string, sentAtMs: number, name = identity, more: Partial<ChatMessage> = {}): ChatMessage => {
  seq += 1;
  const sender = { identity, name, kind: "guest", role: "participant", isLikeHost: false } as const;
  return { seq, id: String(seq), ...sender, text: `m${seq}`, sentAtMs, ...more };
};

test.each([
  ["one sender", [says("a", 0), says("a", 1000)], [2]],
  ["two senders in turn", [says("a", 0), says("b", 1), says("a", 2)], [1, 1, 1]],
  ["a pause of five minutes", [says("a", 0), says("a", GROUP_GAP_MS), says("a", GROUP_GAP_MS * 2 + 1)], [2, 1]],
  ["a sender who changed the name", [says("a", 0, "Ada"), says("a", 1, "Ada L.")], [1, 1]],
  ["a sender who was made a co-host", [says("a", 0), says("a", 1, "a", { role: "cohost" })], [1, 1]],
  ["nothing", [], []],
])("[I2] messages of one sender close in time share a heading: %s", (_, messages, sizes) => {
  expect(groupMessages(messages).map((group) => group.messages.length)).toEqual(sizes);
});

test.each([
  ["guest", "participant", "Guest"],
  ["account", "participant", ""],
  ["guest", "cohost", "Co-host"],
  ["account", "host", "Host"],
] as const)("[L27] a %s who is %s is marked %j", (kind, role, word) => {
  expect(senderWord(textsIn("en"), { kind, role })).toBe(word);
});
