import { expect, test } from "vitest";
import { GROUP_GAP_MS, groupMessages } from "./message-groups.ts";

let seq = 0;
const says = (identity: string, sentAtMs: number, name = identity) => {
  seq += 1;
  return { seq, id: String(seq), identity, name, text: `m${seq}`, sentAtMs };
};

test.each([
  ["one sender", [says("a", 0), says("a", 1000)], [2]],
  ["two senders in turn", [says("a", 0), says("b", 1), says("a", 2)], [1, 1, 1]],
  ["a pause of five minutes", [says("a", 0), says("a", GROUP_GAP_MS), says("a", GROUP_GAP_MS * 2 + 1)], [2, 1]],
  ["a sender who changed the name", [says("a", 0, "Ada"), says("a", 1, "Ada L.")], [1, 1]],
  ["nothing", [], []],
])("[I2] messages of one sender close in time share a heading: %s", (_, messages, sizes) => {
  expect(groupMessages(messages).map((group) => group.messages.length)).toEqual(sizes);
});
