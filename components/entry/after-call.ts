import type { CallStatus } from "#lib/call/meeting.ts";

export type ClosedReason = Extract<CallStatus, { status: "closed" }>["reason"];
export type AfterCall = { heading: string; meaning: string; again: string | undefined };

/** What is said after the call, and what going in again is called; undefined where that makes no sense. */
export function afterCall(reason: ClosedReason, isHost: boolean): AfterCall {
  switch (reason) {
    case "left":
      return {
        heading: "You left the meeting",
        meaning: "You can rejoin at any time.",
        again: "Rejoin",
      };
    case "removed":
      return {
        heading: "You were removed from this meeting",
        meaning: "A host removed you. You can ask to rejoin.",
        again: "Ask to rejoin",
      };
    case "banned":
      return {
        heading: "You were removed from this meeting",
        meaning: "A host blocked you from rejoining. If this was a mistake, only they can undo it.",
        again: undefined,
      };
    case "moved":
      return {
        heading: "You moved the call",
        meaning: "The call is on another tab or device. You can close this one.",
        again: "Bring it back here",
      };
    case "ended":
      return {
        heading: "The meeting has ended",
        meaning: isHost ? "You can start it again with the same link." : "It was ended for everyone.",
        again: isHost ? "Start again" : undefined,
      };
    case "lost":
      return {
        heading: "Connection lost",
        meaning: "We couldn’t reconnect you. The meeting may still be running. Check your network and rejoin.",
        again: "Rejoin",
      };
    default:
      return reason satisfies never;
  }
}
