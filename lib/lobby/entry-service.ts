import "server-only";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { newLobbyIdentity, newTicketId } from "#lib/ids.ts";
import { nudgeThose } from "#lib/seats/nudge-service.ts";
import { untilSettled } from "#lib/seats/retry.ts";
import { admit } from "./admission-service.ts";
import { type EntryDecision, decideEntry } from "./decide-entry.ts";
import { connectToLobby } from "./lobby-connection-service.ts";
import { type ReadEntry, readEntry, storeTicket } from "./lobby-repository.ts";
import type { EntryAnswer } from "./lobby-schema.ts";
import { viewTicket } from "./ticket-view.ts";
import { TICKET_LIFETIME_MS, type Ticket } from "./ticket.ts";
import type { Visitor } from "./visitor.ts";

/**
 * Lets somebody in, has them wait, or refuses: decided from what was read, and anew when that changed before it was stored.
 *
 * @throws AppError with the reason of a refusal; `room_full`, `lobby_full`, `media_unavailable`, `unavailable`
 */
export async function enter(visitor: Visitor, first: ReadEntry): Promise<EntryAnswer> {
  return untilSettled(async (attempt) => {
    const read = attempt === 0 ? first : await readEntry(visitor.code, visitor.personKey(), visitor.nowMs);
    if (!read) throw new AppError("room_unknown");
    return carryOut(decideEntry(read, visitor.ask, visitor.nowMs), visitor, read);
  });
}

async function carryOut(decision: EntryDecision, visitor: Visitor, read: ReadEntry): Promise<EntryAnswer> {
  switch (decision.status) {
    case "admitted":
      return admit(decision, visitor, read);
    case "waiting":
      return waiting(decision.ticket, read, visitor.nowMs);
    case "ask":
      return ask(decision.name, visitor, read);
    case "elsewhere":
      return { status: "elsewhere" };
    case "refused":
      throw new AppError(decision.code, decision.facts);
    default:
      return decision satisfies never;
  }
}

async function ask(name: string, visitor: Visitor, read: ReadEntry): Promise<EntryAnswer> {
  const { kind, addressKey, nowMs } = visitor;
  const ticket: Ticket = {
    id: newTicketId(),
    personKey: visitor.personKey(),
    name,
    kind,
    addressKey,
    status: "waiting",
    code: "",
    askedAtMs: nowMs,
    expiresAtMs: nowMs + TICKET_LIFETIME_MS,
    lastSeenAtMs: nowMs,
    isConnected: false,
    lobbyIdentity: newLobbyIdentity(),
  };
  const { queuePlace, hosts } = await storeTicket(ticket, read, env().MAX_WAITING);
  const [answer] = await Promise.all([
    waiting(ticket, { ...read, queuePlace }, nowMs),
    nudgeThose(read.place.legs, { kind: "lobby" }, hosts),
  ]);
  return answer;
}

async function waiting(ticket: Ticket, read: ReadEntry, nowMs: number): Promise<EntryAnswer> {
  const lobby = await connectToLobby(read.place, ticket);
  return { status: "waiting", ticket: viewTicket(ticket, read, nowMs), ...(lobby ? { lobby } : {}) };
}
