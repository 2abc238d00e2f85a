import { expect, test } from "vitest";
import { Notice } from "#lib/rooms/nudge-schema.ts";
import { noticeText } from "./notice-text.ts";

const HAS_A_SCREEN = ["expelled", "moved", "ended"];

test.each(Notice.shape.type.options)(
  "[I11] %s is told to whom it happened, by toast or by the screen that follows",
  (type) => {
    expect(noticeText({ type, by: "Ana" }) === "").toBe(HAS_A_SCREEN.includes(type));
  },
);

test("[I11] a notice names who did it, or the host when nobody is named", () => {
  expect(noticeText({ type: "muted", by: "Ana" })).toBe("Ana muted you");
  expect(noticeText({ type: "muted", by: "" })).toBe("The host muted you");
});
