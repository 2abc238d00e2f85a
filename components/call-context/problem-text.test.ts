import { expect, test } from "vitest";
import { AppError, ERRORS, isErrorCode } from "#lib/errors.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { problemText } from "./problem-text.ts";

const t = textsIn("en");

test.each(Object.keys(ERRORS).filter(isErrorCode))("[I15] shows %s as a sentence, never as a code", (code) => {
  const text = problemText(t, new AppError(code));
  expect(text).toMatch(/^[A-Z].*\.$/);
  expect(text).not.toContain("_");
});

test("[I15] a limit says when to try again, and a lost race who won", () => {
  expect(problemText(t, new AppError("rate_limited", { retryAfterSeconds: 4 }))).toContain("4 s");
  expect(problemText(t, new AppError("ticket_decided", { status: "admitted" }))).toBe(
    "Another host admitted them first.",
  );
  expect(problemText(t, new Error("secret"))).toBe("Something went wrong. Try again.");
});
