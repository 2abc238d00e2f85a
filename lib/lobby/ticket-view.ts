import { type EntryFacts, waitOf, walksIn } from "./decide-entry.ts";
import type { TicketView } from "./lobby-schema.ts";
import { type Ticket, isWaiting } from "./ticket.ts";

/** What a guest sees of their own request. What shuts the door for everybody goes before the request's own state. */
export function viewTicket(
  ticket: Ticket,
  read: Omit<EntryFacts, "ticket"> & { queuePlace: number },
  nowMs: number,
): TicketView {
  const { room, isBanned, isHostPresent, session } = read.place;
  if (room.expiresAtMs <= nowMs && !session) return { status: "refused", code: "room_expired" };
  if (isBanned) return { status: "refused", code: "banned" };
  if (room.endedAtMs !== undefined) return { status: "refused", code: "room_ended" };
  switch (ticket.status) {
    case "waiting":
      if (!isWaiting(ticket, nowMs)) return { status: "lapsed" };
      if (room.isLocked) return { status: "refused", code: "room_locked" };
      return {
        status: "waiting",
        ticketId: ticket.id,
        name: ticket.name,
        askedAtMs: ticket.askedAtMs,
        expiresAtMs: ticket.expiresAtMs,
        nowMs,
        place: Math.max(1, read.queuePlace),
        isHostPresent,
        mayWalkIn: walksIn(read, ticket.kind === "person"),
      };
    case "denied": {
      const wait = waitOf(read, ticket.kind === "person") ?? { mayAskAgainAtMs: nowMs, asksLeft: 1 };
      return { status: "denied", nowMs, ...wait };
    }
    case "refused":
      return { status: "refused", code: ticket.code || "room_ended" };
    case "admitted":
    case "cancelled":
    case "lapsed":
      return { status: ticket.status };
    default:
      return ticket.status satisfies never;
  }
}
