import type { CallStatus } from "#lib/call/meeting.ts";

export type ClosedReason = Extract<CallStatus, { status: "closed" }>["reason"];
export type AfterCall = { heading: string; meaning: string; again: string | undefined };

/** What is said after the call, and what going in again is called; undefined where that makes no sense. */
export function afterCall(reason: ClosedReason, isHost: boolean): AfterCall {
  switch (reason) {
    case "left":
      return {
        heading: "You left the meeting",
        meaning: "It may go on without you. Come back whenever you like.",
        again: "Rejoin",
      };
    case "removed":
      return {
        heading: "You were removed from this meeting",
        meaning: "A host removed you. You may ask to come back in, and a host decides.",
        again: "Ask to rejoin",
      };
    case "banned":
      return {
        heading: "You were removed from this meeting",
        meaning: "A host removed you for good: you can’t come back in. If that was a mistake, only they can undo it.",
        again: undefined,
      };
    case "moved":
      return {
        heading: "The call goes on elsewhere",
        meaning: "You moved it to another tab or device. You can close this one.",
        again: "Bring it back here",
      };
    case "ended":
      return {
        heading: "The meeting has ended",
        meaning: isHost ? "You can start it again with the same link." : "It was ended for everyone.",
        again: isHost ? "Start it again" : undefined,
      };
    case "lost":
      return {
        heading: "The connection is lost",
        meaning:
          "We tried for a while and could not get back in. The meeting may go on; check your network and rejoin.",
        again: "Rejoin",
      };
    default:
      return reason satisfies never;
  }
}
