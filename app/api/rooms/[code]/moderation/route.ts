import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { ModerationAction, ModerationAnswer, ModerationRecord } from "#lib/moderation/moderation-schema.ts";
import { moderate } from "#lib/moderation/moderation-service.ts";
import { readRecord } from "#lib/moderation/record-repository.ts";
import { RoomParams } from "#lib/rooms/room-schema.ts";
import { moderator } from "#lib/seats/seat-guards.ts";

/** A host or co-host does one thing to one person or to the meeting. */
export const POST = handle(
  { params: RoomParams, body: ModerationAction, answer: ModerationAnswer, allow: moderator, limit: "moderation" },
  ({ facts, body, nowMs }) => moderate(facts, body, nowMs),
);

/** Who is banned, what was done, and which co-hosts left, for hosts and co-hosts. */
export const GET = handle(
  { params: RoomParams, answer: ModerationRecord, allow: moderator, limit: "moderation" },
  ({ params, nowMs }) => readRecord(params.code, nowMs),
);

export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
