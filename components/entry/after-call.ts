import type { CallStatus } from "#lib/call/meeting.ts";
import type en from "#messages/en.json";

export type ClosedReason = Extract<CallStatus, { status: "closed" }>["reason"];
type AfterTexts = (typeof en)["after"];
/** `screen` and `again` name texts in `after`; `again` is undefined where going in again makes no sense. */
export type AfterCall = {
  screen: Exclude<keyof AfterTexts, AgainKey>;
  again: AgainKey | undefined;
};
type AgainKey = "rejoin" | "askToRejoin" | "bringBack" | "startAgain";

/** What is shown after the call, and what the button to go in again says. */
export function afterCall(reason: ClosedReason, isHost: boolean): AfterCall {
  switch (reason) {
    case "left":
    case "lost":
      return { screen: reason, again: "rejoin" };
    case "removed":
      return { screen: reason, again: "askToRejoin" };
    case "banned":
      return { screen: reason, again: undefined };
    case "moved":
      return { screen: reason, again: "bringBack" };
    case "ended":
      return isHost ? { screen: "endedByHost", again: "startAgain" } : { screen: reason, again: undefined };
    default:
      return reason satisfies never;
  }
}
