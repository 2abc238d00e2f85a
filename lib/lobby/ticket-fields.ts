import "server-only";
import { z } from "zod";
import { LobbyIdentity, type PersonKey, TicketId } from "#lib/ids.ts";
import { lookOf } from "#lib/rooms/name-look.ts";
import { EntrantKind } from "#lib/rooms/participant-kind.ts";
import type { Denials, Ticket } from "./ticket.ts";

const count = z.coerce.number().nonnegative();
const bit = z.enum(["0", "1"]).transform((value) => value === "1");

export const TicketStatus = z.enum(["waiting", "admitted", "denied", "cancelled", "lapsed", "refused"]);

const TicketFields = z.object({
  id: TicketId,
  personKey: z.string().transform((value) => value as PersonKey),
  name: z.string(),
  kind: EntrantKind,
  status: TicketStatus,
  code: z.enum(["", "room_ended", "room_locked", "lobby_full", "removed"]).default(""),
  askedAtMs: count,
  expiresAtMs: count,
  lastSeenAtMs: count,
  isConnected: bit,
  isHidden: bit.default(false),
  listedUntilMs: count.default(0),
  lobbyIdentity: LobbyIdentity,
  addressKey: z.string().default(""),
});

/** @returns undefined for a missing or unreadable hash, which must not count as a ticket. */
export function parseTicket(fields: Record<string, string>): Ticket | undefined {
  return TicketFields.safeParse(fields).data;
}

/** A ticket as the flat field list of `HSET`. */
export function ticketFields(ticket: Ticket): string[] {
  const bits = { isConnected: ticket.isConnected ? 1 : 0, isHidden: ticket.isHidden ? 1 : 0 };
  const stored = { ...ticket, ...bits, look: lookOf(ticket.name) };
  return Object.entries(stored).flatMap(([name, value]) => [name, String(value)]);
}

/** Reads `count|ms of the last`. */
export function parseDenials(text: string): Denials {
  const [times, lastAtMs] = text.split("|").map(Number);
  return { count: times || 0, lastAtMs: lastAtMs || 0 };
}
