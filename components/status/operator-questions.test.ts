import { expect, test } from "vitest";
import { ERRORS, type ErrorCode } from "#lib/errors.ts";
import { AccountId, newSessionId } from "#lib/ids.ts";
import { type OperatorAction, RoomRef } from "#lib/operators/operator-schema.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { failureText, questionText } from "./operator-questions.ts";

const t = textsIn("en");
const account = AccountId.parse(`a_${"1".repeat(27)}`);
const limits = { rooms: 1, meetings: null, people: null, minutes: null };
const ACTIONS: OperatorAction[] = [
  { action: "end-meeting", session: newSessionId() },
  { action: "delete-room", account, room: RoomRef.parse("r".repeat(27)) },
  { action: "block", account },
  { action: "unblock", account },
  { action: "set-limits", account, limits },
  { action: "drain", site: "use1a" },
  { action: "undrain", site: "use1a" },
];

test.each(ACTIONS)("[O29] $action asks a question, says what it changes, and what was done", (action) => {
  expect(questionText(t, action, "title")).toMatch(/\?$/);
  expect(questionText(t, action, "description")).toMatch(/\.$/);
  expect(questionText(t, action, "confirm").length).toBeGreaterThan(5);
  expect(questionText(t, action, "done")).not.toBe("");
});

test("[O29] every failure has a sentence", () => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) expect(failureText(t, code)).toMatch(/\.$/);
});
