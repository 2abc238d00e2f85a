import { expect, test } from "vitest";
import { MAX_CHAT_LENGTH } from "#lib/rooms/chat-text.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { draftState } from "./draft.ts";

test.each([
  ["", false, undefined],
  ["  \n ", false, undefined],
  ["hello", true, undefined],
  ["x".repeat(MAX_CHAT_LENGTH - 200), true, undefined],
  ["x".repeat(MAX_CHAT_LENGTH - 1), true, "1 character left"],
  ["x".repeat(MAX_CHAT_LENGTH), true, "0 characters left"],
  ["x".repeat(MAX_CHAT_LENGTH + 2), false, "2 characters too many"],
  [`${"x".repeat(MAX_CHAT_LENGTH)}   `, true, "0 characters left"],
])("[I20] a draft is sent when it says something within the limit", (text, canSend, note) => {
  const draft = draftState(text);
  expect(draft.canSend).toBe(canSend);
  expect(draft.note && textsIn("en")(`chat.${draft.note.key}`, { count: draft.note.count })).toBe(note);
});
