import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { settleSuccession } from "#lib/moderation/succession-service.ts";
import { RoomParams } from "#lib/rooms/room-schema.ts";
import { lacksStandby, meetingOf, replaceStandby } from "#lib/regions/leg-service.ts";
import { needsHost } from "#lib/seats/liveness.ts";
import { answerPresence } from "#lib/seats/presence-service.ts";
import { reporter } from "#lib/seats/seat-guards.ts";
import { EmptyBody, MeetingView } from "#lib/seats/seat-schema.ts";

/** Says "still here" and answers how the meeting stands. Whoever finds it without a host or a standby has that mended. */
export const POST = handle(
  { params: RoomParams, body: EmptyBody, answer: MeetingView, allow: reporter, limit: "presence" },
  async ({ facts, later, nowMs }) => {
    const view = answerPresence(facts, nowMs);
    if (needsHost(facts.place, nowMs)) await settleSuccession(facts.place.room.code, nowMs);
    const meeting = meetingOf(facts.place);
    if (meeting && lacksStandby(facts.place.legs)) later(() => replaceStandby(meeting, nowMs));
    return view;
  },
);

export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
