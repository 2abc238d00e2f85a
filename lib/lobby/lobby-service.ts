import "server-only";
import { AppError } from "#lib/errors.ts";
import type { LobbyIdentity, RoomCode, TicketId } from "#lib/ids.ts";
import { count, observe } from "#lib/metrics.ts";
import { contextOf, emit } from "#lib/seats/event-service.ts";
import { untilSettled } from "#lib/seats/retry.ts";
import type { Place } from "#lib/seats/seat.ts";
import type { Keeper } from "./lobby-guards.ts";
import type { Verdict } from "./lobby-schema.ts";
import { type Decided, type Outcome, storeVerdicts } from "./queue-repository.ts";
import type { LobbyLink } from "./lobby-link.ts";
import { storeConnected } from "./ticket-repository.ts";

/** `again` rereads the deciding host, who may lose the right between two attempts. */
type Deciding = { keeper: Keeper; again: () => Promise<Keeper>; verdict: Verdict; nowMs: number };

/**
 * Admits or denies one waiting guest. Repeating the same verdict changes nothing.
 *
 * @throws AppError `ticket_decided` with the verdict that was given first.
 * @throws AppError `ticket_lapsed` when the guest no longer waits; `ticket_unknown`, `unavailable`
 */
export async function decideTicket(deciding: Deciding, ticketId: TicketId): Promise<{ status: Verdict }> {
  const [outcome] = await decide(deciding, [ticketId]);
  const status = outcome?.status ?? "unknown";
  switch (status) {
    case "done":
    case deciding.verdict:
      return { status: deciding.verdict };
    case "admitted":
    case "denied":
      throw new AppError("ticket_decided", { status });
    case "unknown":
      throw new AppError("ticket_unknown");
    default:
      throw new AppError("ticket_lapsed", { status });
  }
}

/** Decides on the listed tickets, or on all that wait, in one step. @returns how many were waiting. @throws AppError `unavailable` */
export async function decideTickets(
  deciding: Deciding,
  tickets: readonly TicketId[] | "all",
): Promise<{ decided: number }> {
  const outcomes = await decide(deciding, tickets);
  return { decided: outcomes.filter(({ status }) => status === "done").length };
}

async function decide(
  { keeper, again, verdict, nowMs }: Deciding,
  tickets: readonly TicketId[] | "all",
): Promise<Outcome[]> {
  return untilSettled(async (attempt) => {
    const { place, name } = attempt === 0 ? keeper : await again();
    const { code, rev } = place.room;
    const decided = await storeVerdicts({ code, rev, verdict, by: name, nowMs }, tickets);
    for (const { askedAtMs } of decided.outcomes)
      if (askedAtMs !== undefined) measureVerdict(verdict, nowMs - askedAtMs);
    await announceVerdicts(place, decided, verdict);
    return decided.outcomes;
  });
}

function measureVerdict(verdict: Verdict, waitedMs: number): void {
  count("veet_verdicts_total", { verdict });
  observe("veet_verdict_seconds", {}, waitedMs / 1_000);
}

async function announceVerdicts(place: Place, { outcomes, hosts }: Decided, verdict: Verdict): Promise<void> {
  // Includes tickets with the same earlier verdict: that nudge may have been lost, and a nudge only means "ask again".
  const decided = outcomes.filter(({ status }) => status === "done" || status === verdict);
  const guests = decided.flatMap(({ lobbyIdentity }) => lobbyIdentity ?? []);
  if (guests.length === 0) return;
  await emit({ ...contextOf(place), hosts }, { type: "knock.decided", verdict, guests });
}

/**
 * Stores LiveKit's report that a waiting guest joined or left the lobby room, so that hosts see who is really there.
 *
 * @returns false when no guest with that identity waits.
 * @throws AppError `unavailable`
 */
export async function noteLobbyPresence(
  code: RoomCode,
  lobbyIdentity: LobbyIdentity,
  link: LobbyLink,
  nowMs: number,
): Promise<boolean> {
  const waits = await storeConnected(code, lobbyIdentity, link, nowMs);
  if (!waits) return false;
  await emit({ code, sessionId: undefined, ...waits }, { type: "knock.changed" });
  return true;
}
