import "server-only";
import { type Env, env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { newLobbyIdentity, newTicketId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { count } from "#lib/metrics.ts";
import { endIfOverTime } from "#lib/seats/end-service.ts";
import { contextOf, emit } from "#lib/seats/event-service.ts";
import { untilSettled } from "#lib/seats/retry.ts";
import { admit } from "./admission-service.ts";
import { type EntryDecision, decideEntry } from "./decide-entry.ts";
import { connectToLobby } from "./lobby-connection-service.ts";
import { type Places, type ReadEntry, readEntry, storeTicket } from "./lobby-repository.ts";
import type { EntryAnswer } from "./lobby-schema.ts";
import { viewTicket } from "./ticket-view.ts";
import { QUIET_MS, TICKET_LIFETIME_MS, type Ticket } from "./ticket.ts";
import type { Visitor } from "./visitor.ts";

/**
 * Admits a user, lets them wait, or refuses. Decides again when the facts changed before the decision was stored.
 *
 * @throws AppError with the reason of a refusal; `room_full`, `lobby_full`, `media_unavailable`, `unavailable`
 */
export async function enter(visitor: Visitor, first: ReadEntry): Promise<EntryAnswer> {
  return untilSettled(async (attempt) => {
    const again = () => readEntry(visitor.code, { ...visitor, personKey: visitor.personKey() }, visitor.nowMs);
    let read = attempt === 0 ? first : await again();
    if (read && (await endIfOverTime(read.place, visitor.nowMs))) read = await again();
    if (!read) throw new AppError("room_unknown");
    const decision = decideEntry(read, visitor.ask, visitor.nowMs);
    if (decision.status === "refused") count("veet_entries_total", { outcome: "refused" });
    const answer = await carryOut(decision, visitor, read);
    const isReturn = decision.status === "admitted" && decision.because === "seat";
    count("veet_entries_total", { outcome: isReturn ? "returned" : COUNTED_AS[answer.status] });
    return answer;
  });
}

const COUNTED_AS = { admitted: "joined", waiting: "waiting", elsewhere: "elsewhere", again: "again" } as const;

async function carryOut(decision: EntryDecision, visitor: Visitor, read: ReadEntry): Promise<EntryAnswer> {
  if (!visitor.isKnown && (decision.status === "admitted" || decision.status === "ask")) return issuePass(visitor);
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

/**
 * Issues a pass before the guest gets a seat or a ticket. A browser that keeps no cookies would send hosts a new request with
 * every click, and could never join.
 */
function issuePass({ personKey }: Visitor): EntryAnswer {
  personKey();
  return { status: "again" };
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
    isHidden: false,
    listedUntilMs: nowMs + QUIET_MS,
    lobbyIdentity: newLobbyIdentity(),
  };
  if (read.network.isRemoved) log("info", "entry.asks-after-removal", { kind });
  const { queuePlace, hosts, lost } = await storeTicket(ticket, read, placesOf(env()));
  count("veet_knocks_total", { kind });
  const [answer] = await Promise.all([
    waiting(ticket, { ...read, queuePlace }, nowMs),
    emit({ ...contextOf(read.place), hosts }, { type: "knock.created", ticketId: ticket.id, displaced: lost }),
  ]);
  return answer;
}

/** Enough for a class of thirty behind one address. More waiting guests from one address are treated as a flood. */
const SHARE = 30;

/** RATE_LIMIT_FACTOR is for sites whose users share one address; the share grows with it. */
function placesOf({ MAX_WAITING, RATE_LIMIT_FACTOR }: Env): Places {
  return { maxWaiting: MAX_WAITING, share: Math.max(1, Math.round(SHARE * RATE_LIMIT_FACTOR)) };
}

async function waiting(ticket: Ticket, read: ReadEntry, nowMs: number): Promise<EntryAnswer> {
  const lobby = await connectToLobby(read.place, ticket);
  return { status: "waiting", ticket: viewTicket(ticket, read, nowMs), ...(lobby ? { lobby } : {}) };
}
