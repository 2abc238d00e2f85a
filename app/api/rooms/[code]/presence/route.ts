import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { settleSuccession } from "#lib/moderation/succession-service.ts";
import { RoomParams } from "#lib/rooms/room-schema.ts";
import { lacksStandby, meetingOf, replaceStandby } from "#lib/regions/leg-service.ts";
import { needsHost } from "#lib/seats/liveness.ts";
import { answerPresence, readMeeting } from "#lib/seats/presence-service.ts";
import { insider, reporter } from "#lib/seats/seat-guards.ts";
import { EmptyBody, MeetingView } from "#lib/seats/seat-schema.ts";

/** A participant's heartbeat; returns the state of the meeting. Repairs a missing host or standby leg. */
export const POST = handle(
  { params: RoomParams, body: EmptyBody, answer: MeetingView, allow: reporter, limit: "presence" },
  async ({ facts, later, nowMs }) => {
    const view = await answerPresence(facts, nowMs);
    if (needsHost(facts.place, nowMs)) await settleSuccession(facts.place.room.code, nowMs);
    const meeting = meetingOf(facts.place);
    if (meeting && lacksStandby(facts.place.legs)) later(() => replaceStandby(meeting, nowMs));
    return view;
  },
);

/** How the meeting stands, for a participant who was nudged: the seat is not renewed, so a near replica may answer. */
export const GET = handle(
  { params: RoomParams, answer: MeetingView, allow: insider, limit: "presence", isNear: true },
  ({ facts, nowMs }) => Promise.resolve(readMeeting(facts, nowMs)),
);

export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
