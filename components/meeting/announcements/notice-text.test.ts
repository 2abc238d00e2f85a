import { expect, test } from "vitest";
import { NOTICE_TYPES } from "#lib/rooms/nudge-schema.ts";
import { textsIn } from "../../../tests/support/texts.ts";
import { noticeText } from "./notice-text.ts";

const t = textsIn("en");
const HAS_A_SCREEN = ["expelled", "moved", "ended"];

test.each(NOTICE_TYPES)("[I11] notifies the participant of %s, by a toast or by the next screen", (type) => {
  expect(noticeText(t, { type, by: "Ana" }) === "").toBe(HAS_A_SCREEN.includes(type));
});

test("[I11] names the host who did it, or says “the host”", () => {
  expect(noticeText(t, { type: "muted", by: "Ana" })).toBe("Ana muted you");
  expect(noticeText(t, { type: "muted", by: "" })).toBe("The host muted you");
});
