import { env } from "#lib/env.ts";
import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { atDoor } from "#lib/lobby/lobby-guards.ts";
import { cardOf } from "#lib/lobby/room-card.ts";
import { probeTargets } from "#lib/regions/probe-targets.ts";
import { DeletedRoom, RoomCard, RoomParams } from "#lib/rooms/room-schema.ts";
import { deleteRoom } from "#lib/seats/end-service.ts";
import { owner } from "#lib/seats/seat-guards.ts";

/** What anyone with the link can know before joining. */
export const GET = handle(
  { params: RoomParams, answer: RoomCard, allow: atDoor, limit: "room.lookUp", isNear: true },
  async ({ actor, device, facts, nowMs }) => {
    const isSignedIn = actor.kind === "account";
    const card = cardOf(facts, { device, isSignedIn, name: isSignedIn ? actor.name : undefined }, nowMs);
    const regions = probeTargets(env().MEDIA_SITES);
    return regions.length > 0 ? { ...card, regions } : card;
  },
);

/** Ends the meeting and deletes the room with all that is known of it. */
export const DELETE = handle(
  { params: RoomParams, answer: DeletedRoom, allow: owner, limit: "room.lookUp" },
  ({ facts }) => deleteRoom(facts.room),
);

export const { POST, PUT, PATCH } = otherMethods("GET", "DELETE");
