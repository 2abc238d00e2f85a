import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { ticketHolder } from "#lib/lobby/lobby-guards.ts";
import { RenameTicketBody, TicketAnswer, TicketQuery } from "#lib/lobby/lobby-schema.ts";
import { cancelTicket, followTicket, renameTicket } from "#lib/lobby/ticket-service.ts";
import { RoomParams } from "#lib/rooms/room-schema.ts";

const own = { params: RoomParams, answer: TicketAnswer, allow: ticketHolder, limit: "entry.poll" } as const;

/** How one's own request stands. */
export const GET = handle({ ...own, query: TicketQuery }, ({ facts, query, nowMs }) =>
  followTicket(facts, query.push === "1", nowMs),
);

/** Waits under another name. */
export const PATCH = handle({ ...own, body: RenameTicketBody }, ({ facts, body, nowMs }) =>
  renameTicket(facts, body.name, nowMs),
);

/** Waits no more. */
export const DELETE = handle(own, ({ facts, nowMs }) => cancelTicket(facts, nowMs));

export const { POST, PUT } = otherMethods("GET", "PATCH", "DELETE");
