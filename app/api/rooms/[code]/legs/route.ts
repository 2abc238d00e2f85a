import { AppError } from "#lib/errors.ts";
import { handle } from "#lib/http/handle.ts";
import { LegsAnswer } from "#lib/regions/leg-schema.ts";
import { RoomParams } from "#lib/rooms/room-schema.ts";
import { insider } from "#lib/seats/seat-guards.ts";
import { EmptyBody } from "#lib/seats/seat-schema.ts";
import { signLegs } from "#lib/tokens/token-service.ts";

/** Fresh tokens for all living legs, for somebody inside who lacks one. */
export const POST = handle(
  { params: RoomParams, body: EmptyBody, answer: LegsAnswer, allow: insider, limit: "legs" },
  async ({ facts: { place, seat } }) => {
    const { session, role, room } = place;
    if (!session) throw new AppError("not_inside");
    const admitted = { seat, sessionId: session.sessionId, role, locks: room.locks };
    return { legs: await signLegs(admitted, place.legs) };
  },
);
