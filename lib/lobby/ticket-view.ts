import { type EntryFacts, waitOf, walksIn } from "./decide-entry.ts";
import type { TicketView } from "./lobby-schema.ts";
import { type Ticket, isWaiting, lapseReason } from "./ticket.ts";

type Read = Omit<EntryFacts, "ticket"> & { queuePlace: number };

/** What a guest sees of their own request. Refusals that hold for everyone come before the request's own state. */
export function viewTicket(ticket: Ticket, read: Read, nowMs: number): TicketView {
  const shut = whyShut(read, nowMs);
  if (shut) return shut;
  const { room, isHostPresent } = read.place;
  switch (ticket.status) {
    case "waiting":
      if (!isWaiting(ticket, nowMs)) return { status: "lapsed", why: lapseReason(ticket) };
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
        mayWalkIn: walksIn(read, ticket.kind === "account"),
      };
    case "denied": {
      const wait = waitOf(read, ticket.kind === "account") ?? { mayAskAgainAtMs: nowMs, asksLeft: 1 };
      return { status: "denied", nowMs, ...wait };
    }
    case "refused":
      return { status: "refused", code: ticket.code || "room_ended" };
    case "lapsed":
      return { status: "lapsed", why: lapseReason(ticket) };
    case "cancelled":
      return ticket.code === "removed" ? REMOVED : { status: "cancelled" };
    case "admitted":
      return { status: "admitted" };
    default:
      return ticket.status satisfies never;
  }
}

/** What a user without a request sees. @param hasPass - Whether the browser sent a cookie that identifies it. */
export function viewNoTicket(read: Read, hasPass: boolean, nowMs: number): TicketView {
  return whyShut(read, nowMs) ?? (read.place.isExpelled ? REMOVED : { status: "none", hasPass });
}

const REMOVED: TicketView = { status: "refused", code: "removed" };

function whyShut({ place: { room, isBanned, session } }: Read, nowMs: number): TicketView | undefined {
  if (room.expiresAtMs <= nowMs && !session) return { status: "refused", code: "room_expired" };
  if (isBanned) return { status: "refused", code: "banned" };
  return room.endedAtMs === undefined ? undefined : { status: "refused", code: "room_ended" };
}
