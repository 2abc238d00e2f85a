import type { ErrorCode } from "#lib/errors.ts";
import type { OperatorAction } from "#lib/operators/operator-schema.ts";
import type { Texts } from "#components/texts/texts.ts";
import type en from "#messages/en.json";

/** A question before an operator's action, what will be different afterwards, the button, and what is said when it is done. */
export type QuestionPart = keyof (typeof en)["status"]["ask"]["block"];

export function questionText(t: Texts, asked: OperatorAction, part: QuestionPart): string {
  return t(`status.ask.${asked.action}.${part}`, { site: "site" in asked ? asked.site : "" });
}

type Failure = keyof (typeof en)["status"]["failure"];
const FAILURES: Partial<Record<ErrorCode, Failure>> = {
  last_site: "last_site",
  not_allowed: "not_allowed",
  not_found: "not_found",
  room_unknown: "room_unknown",
  rate_limited: "rate_limited",
  unavailable: "unavailable",
};

/** Why an action did not work. */
export function failureText(t: Texts, code: ErrorCode): string {
  return t(`status.failure.${FAILURES[code] ?? "broken"}`);
}
