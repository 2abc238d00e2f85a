import { expect, test } from "vitest";
import { AppError, ERRORS, isErrorCode } from "#lib/errors.ts";
import { troubleText } from "./trouble-text.ts";

test.each(Object.keys(ERRORS).filter(isErrorCode))("[I15] %s is told as a sentence, never as a code", (code) => {
  const text = troubleText(new AppError(code));
  expect(text).toMatch(/^[A-Z].*\.$/);
  expect(text).not.toContain("_");
});

test("[I15] a limit says when to try again, and a lost race who won", () => {
  expect(troubleText(new AppError("rate_limited", { retryAfterSeconds: 4 }))).toContain("4 s");
  expect(troubleText(new AppError("ticket_decided", { status: "admitted" }))).toBe("Another host admitted them first.");
  expect(troubleText(new Error("secret"))).toBe("Something went wrong. Try again.");
});
