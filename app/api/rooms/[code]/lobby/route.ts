import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { lobbyKeeper } from "#lib/lobby/lobby-guards.ts";
import { AdmitAllAnswer, AdmitAllBody, LobbyQueue } from "#lib/lobby/lobby-schema.ts";
import { decideTickets } from "#lib/lobby/lobby-service.ts";
import { listQueue } from "#lib/lobby/queue-repository.ts";
import { RoomParams } from "#lib/rooms/room-schema.ts";

/** Who waits, for those who decide. */
export const GET = handle(
  { params: RoomParams, answer: LobbyQueue, allow: lobbyKeeper, limit: "lobby.read", isNear: true },
  async ({ params, nowMs }) => ({ guests: await listQueue(params.code, nowMs), nowMs }),
);

/** Admits or denies all waiting guests, or those the host saw, in one step. */
export const POST = handle(
  { params: RoomParams, body: AdmitAllBody, answer: AdmitAllAnswer, allow: lobbyKeeper, limit: "lobby.decide" },
  (context) => {
    const { facts: keeper, body, nowMs } = context;
    const again = () => lobbyKeeper(context);
    return decideTickets({ keeper, again, verdict: body.verdict, nowMs }, body.ticketIds ?? "all");
  },
);

export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
