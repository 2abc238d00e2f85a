import { AppError, type ErrorCode } from "#lib/errors.ts";
import type { Texts } from "#components/texts/texts.ts";
import type en from "#messages/en.json";

type Problem = keyof (typeof en)["problems"];

/** Error codes → their texts in `problems`. Every other code means that something is broken. */
const PROBLEMS: Partial<Record<ErrorCode, Problem>> = {
  ticket_lapsed: "notWaiting",
  ticket_unknown: "notWaiting",
  person_unknown: "left",
  room_full: "full",
  not_allowed: "notAllowed",
  source_locked: "sourceLocked",
  not_inside: "notInside",
  moved: "notInside",
  changed_meanwhile: "changed",
  bad_request: "badRequest",
  unavailable: "unreachable",
  media_unavailable: "unreachable",
};

/** What went wrong with something the user asked for, as a sentence: what it means and what to do. */
export function problemText(t: Texts, error: unknown): string {
  if (!(error instanceof AppError)) return t("problems.broken");
  const { retryAfterSeconds, status } = error.facts;
  if (error.code === "rate_limited")
    return retryAfterSeconds === undefined
      ? t("problems.tooMany")
      : t("problems.tooManyFor", { seconds: retryAfterSeconds });
  if (error.code === "ticket_decided")
    return t(status === "admitted" ? "problems.admittedFirst" : "problems.deniedFirst");
  return t(`problems.${PROBLEMS[error.code] ?? "broken"}`);
}
