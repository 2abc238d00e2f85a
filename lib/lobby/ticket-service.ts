import "server-only";
import type { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { contextOf, emit } from "#lib/seats/event-service.ts";
import { connectToLobby } from "./lobby-connection-service.ts";
import type { Asker, Waiting } from "./lobby-guards.ts";
import type { PageState, TicketAnswer } from "./lobby-schema.ts";
import { type Changed, storeCancellation, storeName, storePage } from "./ticket-repository.ts";
import { viewNoTicket, viewTicket } from "./ticket-view.ts";
import type { Ticket } from "./ticket.ts";

type Answer = z.input<typeof TicketAnswer>;

/** The user's own request. @param wantsPush - The page has no lobby connection and wants one. */
export async function followTicket({ read, waiting }: Asker, wantsPush: boolean, nowMs: number): Promise<Answer> {
  if (!waiting) return withoutTicket(read, nowMs);
  const view = viewTicket(waiting.ticket, read, nowMs);
  const lobby = wantsPush && view.status === "waiting" ? await connectToLobby(read.place, waiting.ticket) : undefined;
  return { ticket: view, ...(lobby ? { lobby } : {}) };
}

/** Renames the user's request. @throws AppError `ticket_unknown`, `unavailable` */
export async function renameTicket({ waiting }: Asker, name: string, nowMs: number): Promise<Answer> {
  if (!waiting) throw new AppError("ticket_unknown");
  const changed = await storeName(waiting.read.place.room.code, waiting.personKey, name, nowMs);
  return answerAfter(waiting, changed.status === "waiting" ? { name } : {}, changed, nowMs);
}

/**
 * Stores the state of the guest's page and returns their request: a page that resumes needs only one request.
 *
 * @throws AppError `unavailable`
 */
export async function notePage(
  asker: Asker,
  { page, atMs }: { page: PageState; atMs: number },
  nowMs: number,
): Promise<Answer> {
  const { read, waiting } = asker;
  if (waiting?.ticket.status === "waiting") {
    const hosts = await storePage(read.place.room.code, waiting.personKey, { page, atMs }, nowMs);
    // Hosts need not know that a guest switched tabs. They see who left and who is back.
    if (page !== "hidden") await emit({ ...contextOf(read.place), hosts }, { type: "knock.changed" });
  }
  return followTicket(asker, page === "visible", nowMs);
}

/** Cancels the user's request; a decided one stays decided. @throws AppError `unavailable` */
export async function cancelTicket({ read, waiting }: Asker, nowMs: number): Promise<Answer> {
  if (!waiting) return withoutTicket(read, nowMs);
  const changed = await storeCancellation(read.place.room.code, waiting.personKey, nowMs);
  return answerAfter(waiting, {}, changed, nowMs);
}

function withoutTicket(read: Asker["read"], nowMs: number): Answer {
  return { ticket: viewNoTicket(read, read.place.personKey !== undefined, nowMs) };
}

async function answerAfter(
  { read, ticket }: Waiting,
  change: Partial<Ticket>,
  { status, hosts }: Changed,
  nowMs: number,
): Promise<Answer> {
  await emit({ ...contextOf(read.place), hosts }, { type: "knock.changed" });
  return { ticket: viewTicket({ ...ticket, ...change, status }, read, nowMs) };
}
