import "server-only";
import type { z } from "zod";
import { nudgeThose } from "#lib/seats/nudge-service.ts";
import { connectToLobby } from "./lobby-connection-service.ts";
import type { Waiting } from "./lobby-guards.ts";
import type { TicketAnswer } from "./lobby-schema.ts";
import { type Changed, storeCancellation, storeName } from "./ticket-repository.ts";
import { viewTicket } from "./ticket-view.ts";
import type { Ticket } from "./ticket.ts";

type Answer = z.input<typeof TicketAnswer>;

/** How one's own request stands. @param wantsPush - The asker has no connection to the lobby room and would like one. */
export async function followTicket({ read, ticket }: Waiting, wantsPush: boolean, nowMs: number): Promise<Answer> {
  const view = viewTicket(ticket, read, nowMs);
  const lobby = wantsPush && view.status === "waiting" ? await connectToLobby(read.place, ticket) : undefined;
  return { ticket: view, ...(lobby ? { lobby } : {}) };
}

/** Waits under another name. @throws AppError `ticket_unknown`, `unavailable` */
export async function renameTicket(waiting: Waiting, name: string, nowMs: number): Promise<Answer> {
  const changed = await storeName(waiting.read.place.room.code, waiting.personKey, name, nowMs);
  return answerAfter(waiting, changed.status === "waiting" ? { name } : {}, changed, nowMs);
}

/** Waits no more; whoever was decided on stays decided. @throws AppError `ticket_unknown`, `unavailable` */
export async function cancelTicket(waiting: Waiting, nowMs: number): Promise<Answer> {
  return answerAfter(
    waiting,
    {},
    await storeCancellation(waiting.read.place.room.code, waiting.personKey, nowMs),
    nowMs,
  );
}

async function answerAfter(
  { read, ticket }: Waiting,
  change: Partial<Ticket>,
  { status, hosts }: Changed,
  nowMs: number,
): Promise<Answer> {
  await nudgeThose(read.place.legs, { kind: "lobby" }, hosts);
  return { ticket: viewTicket({ ...ticket, ...change, status }, read, nowMs) };
}
