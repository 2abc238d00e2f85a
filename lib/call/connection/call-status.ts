import type { ErrorCode } from "#lib/errors.ts";
import type { CallStatus } from "../meeting.ts";

export type ClosedReason = Extract<CallStatus, { status: "closed" }>["reason"];

/** What can happen to the call's connection. `atMs` by this browser's clock. */
export type StatusEvent =
  { type: "up" } | { type: "trouble"; atMs: number } | { type: "closed"; reason: ClosedReason; code?: ErrorCode };

/** Gives the status after an event. Closed is final. A call that was never live is joining, not reconnecting. */
export function nextStatus(before: CallStatus, event: StatusEvent): CallStatus {
  if (before.status === "closed") return before;
  switch (event.type) {
    case "up":
      return before.status === "live" ? before : { status: "live" };
    case "trouble":
      return before.status === "live" ? { status: "reconnecting", sinceMs: event.atMs } : before;
    case "closed":
      return event.code === undefined
        ? { status: "closed", reason: event.reason }
        : { status: "closed", reason: event.reason, code: event.code };
    default:
      return event satisfies never;
  }
}

/** What an API error means for a participant who is inside, or was a moment ago. */
export type ErrorResponse = { do: "close"; reason: ClosedReason } | { do: "re-enter" } | { do: "retry" };

/** Says whether an error ends the call, requires entering again, or is transient and retried. */
export function responseTo(code: ErrorCode): ErrorResponse {
  switch (code) {
    case "removed":
    case "entry_denied":
      return { do: "close", reason: "removed" };
    case "banned":
      return { do: "close", reason: "banned" };
    case "moved":
      return { do: "close", reason: "moved" };
    case "room_ended":
    case "room_expired":
    case "room_unknown":
    case "host_blocked":
    case "meetings_limit":
      return { do: "close", reason: "ended" };
    case "room_locked":
    case "room_full":
    case "lobby_full":
    case "not_allowed":
    case "not_signed_in":
    case "bad_request":
      return { do: "close", reason: "lost" };
    case "not_inside":
      return { do: "re-enter" };
    default:
      return { do: "retry" };
  }
}

/** Whether asking again may help. */
export function isRetryable(code: ErrorCode): boolean {
  return responseTo(code).do === "retry";
}
