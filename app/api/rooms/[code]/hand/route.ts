import { z } from "zod";
import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { setHand } from "#lib/moderation/hand-service.ts";
import { RoomParams, TimeMs } from "#lib/rooms/room-schema.ts";
import { insider } from "#lib/seats/seat-guards.ts";
import { HandBody } from "#lib/seats/seat-schema.ts";

const HandAnswer = z.object({ handRaisedAtMs: TimeMs.optional() });

/** A participant raises or lowers their own hand. */
export const POST = handle(
  { params: RoomParams, body: HandBody, answer: HandAnswer, allow: insider, limit: "hand" },
  async ({ facts, body, nowMs }) => ({ handRaisedAtMs: await setHand(facts, body.isRaised, nowMs) }),
);

export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
