import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { asker } from "#lib/lobby/lobby-guards.ts";
import { ChangeTicketBody, TicketAnswer, TicketQuery } from "#lib/lobby/lobby-schema.ts";
import { cancelTicket, followTicket, notePage, renameTicket } from "#lib/lobby/ticket-service.ts";
import { RoomParams } from "#lib/rooms/room-schema.ts";

const own = { params: RoomParams, answer: TicketAnswer, allow: asker, limit: "entry.poll" } as const;

/** How one's own request stands; `none` where there is none. Gives a guest a pass, so that asking to enter is one request. */
export const GET = handle(
  { ...own, isNear: true, query: TicketQuery },
  ({ actor, facts, query, issueGuestPass, nowMs }) => {
    if (actor.kind === "guest") issueGuestPass();
    return followTicket(facts, query.push === "1", nowMs);
  },
);

/** Waits under another name, or says what the page does. */
export const PATCH = handle({ ...own, body: ChangeTicketBody }, ({ facts, body, nowMs }) =>
  "name" in body ? renameTicket(facts, body.name, nowMs) : notePage(facts, body, nowMs),
);

/** Waits no more. */
export const DELETE = handle(own, ({ facts, nowMs }) => cancelTicket(facts, nowMs));

export const { POST, PUT } = otherMethods("GET", "PATCH", "DELETE");
