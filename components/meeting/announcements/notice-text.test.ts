import { expect, test } from "vitest";
import { NOTICE_TYPES } from "#lib/rooms/nudge-schema.ts";
import { noticeText } from "./notice-text.ts";

const HAS_A_SCREEN = ["expelled", "moved", "ended"];

test.each(NOTICE_TYPES)("[I11] notifies the participant of %s, by a toast or by the next screen", (type) => {
  expect(noticeText({ type, by: "Ana" }) === "").toBe(HAS_A_SCREEN.includes(type));
});

test("[I11] names the host who did it, or says “the host”", () => {
  expect(noticeText({ type: "muted", by: "Ana" })).toBe("Ana muted you");
  expect(noticeText({ type: "muted", by: "" })).toBe("The host muted you");
});
