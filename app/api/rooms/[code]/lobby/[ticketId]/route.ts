import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { lobbyKeeper } from "#lib/lobby/lobby-guards.ts";
import { TicketParams, VerdictAnswer, VerdictBody } from "#lib/lobby/lobby-schema.ts";
import { decideTicket } from "#lib/lobby/lobby-service.ts";

/** Admits or denies one who waits. */
export const POST = handle(
  { params: TicketParams, body: VerdictBody, answer: VerdictAnswer, allow: lobbyKeeper, limit: "lobby.decide" },
  (context) => {
    const { facts: keeper, params, body, nowMs } = context;
    const again = () => lobbyKeeper(context);
    return decideTicket({ keeper, again, verdict: body.verdict, nowMs }, params.ticketId);
  },
);

export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
