import type { AppError, ErrorCode } from "#lib/errors.ts";
import type { EntryState } from "./entry.ts";
import type { TicketView } from "./lobby-schema.ts";

type Decided = Exclude<TicketView, { status: "waiting" } | { status: "admitted" }>;

/** The state that a decided request leads to. */
export function stateOfTicket(ticket: Decided, browserNowMs: number): EntryState {
  switch (ticket.status) {
    case "denied": {
      const { mayAskAgainAtMs, asksLeft, nowMs } = ticket;
      return { status: "denied", mayAskAgainAtMs, asksLeft, clockOffsetMs: nowMs - browserNowMs };
    }
    case "cancelled":
      return { status: "cancelled" };
    case "lapsed":
      return { status: "lapsed", why: ticket.why };
    case "none":
      return { status: "lapsed", why: "gone" };
    case "refused":
      return { status: "refused", code: ticket.code, facts: {} };
    default:
      return ticket satisfies never;
  }
}

/** The state that a refused request leads to. `clockOffsetMs` is the last known one, because an error carries no time. */
export function stateOfError({ code, facts }: AppError, clockOffsetMs: number): EntryState {
  if (code === "ticket_lapsed") return { status: "lapsed", why: "gone" };
  if (code === "entry_denied" && facts.asksLeft !== undefined) {
    const { mayAskAgainAtMs, asksLeft, isForNetwork } = facts;
    return { status: "denied", mayAskAgainAtMs, asksLeft, isForNetwork, clockOffsetMs };
  }
  return { status: "refused", code, facts };
}

/** Whether an error is unrelated to the request itself: the guest keeps waiting and the page asks again. */
export function isTransient(code: ErrorCode): boolean {
  return (
    code === "unavailable" ||
    code === "media_unavailable" ||
    code === "internal" ||
    code === "rate_limited" ||
    code === "changed_meanwhile"
  );
}
