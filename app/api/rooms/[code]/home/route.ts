import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { moveHome } from "#lib/presence/home-service.ts";
import { RoomParams } from "#lib/rooms/room-schema.ts";
import { insider } from "#lib/seats/seat-guards.ts";
import { HomeAnswer, HomeBody } from "#lib/seats/seat-schema.ts";

/** Changes the leg on which a participant publishes. */
export const POST = handle(
  { params: RoomParams, body: HomeBody, answer: HomeAnswer, allow: insider, limit: "home" },
  ({ facts, body, later, nowMs }) => moveHome(facts, body, later, nowMs),
);

export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
