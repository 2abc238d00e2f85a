import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { RoomParams } from "#lib/rooms/room-schema.ts";
import { leaveMeeting } from "#lib/seats/leave-service.ts";
import { insider } from "#lib/seats/seat-guards.ts";
import { EmptyBody, LeftAnswer } from "#lib/seats/seat-schema.ts";

/** Frees the seat at once. */
export const POST = handle(
  { params: RoomParams, body: EmptyBody, answer: LeftAnswer, allow: insider, limit: "presence" },
  ({ facts, nowMs }) => leaveMeeting(facts, nowMs),
);

export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
