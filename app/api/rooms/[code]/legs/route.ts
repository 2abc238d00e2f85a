import { AppError } from "#lib/errors.ts";
import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { LegsAnswer } from "#lib/regions/leg-schema.ts";
import { lookAtLegs, meetingOf } from "#lib/regions/leg-service.ts";
import { RoomParams } from "#lib/rooms/room-schema.ts";
import { keepSeat } from "#lib/seats/presence-service.ts";
import { insider } from "#lib/seats/seat-guards.ts";
import { EmptyBody } from "#lib/seats/seat-schema.ts";
import { signLegs } from "#lib/tokens/token-service.ts";

/** New tokens for all live legs, for a participant who lacks one. */
export const POST = handle(
  { params: RoomParams, body: EmptyBody, answer: LegsAnswer, allow: insider, limit: "legs" },
  async ({ facts: { place, seat }, later, nowMs }) => {
    const meeting = meetingOf(place);
    if (!meeting) throw new AppError("not_inside");
    await keepSeat(place, seat, nowMs);
    const { role, room, legs } = place;
    later(() => lookAtLegs(meeting, legs, nowMs));
    return { legs: await signLegs({ seat, sessionId: meeting.sessionId, role, locks: room.locks }, legs) };
  },
);

export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
