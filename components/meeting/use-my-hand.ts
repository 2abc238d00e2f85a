"use client";
import { attempt } from "./attempt.ts";
import { useCall, useMeeting } from "./use-meeting.ts";

/** Whether my hand is up, and the way to change that. */
export function useMyHand(): { isRaised: boolean; toggle: () => void } {
  const meeting = useMeeting();
  const isRaised = useCall(({ people }) => people.some((person) => person.isMe && person.handRaisedAtMs !== undefined));
  return { isRaised, toggle: () => void attempt(() => meeting.raiseHand(!isRaised)) };
}
