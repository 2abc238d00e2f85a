"use client";
import { attempt } from "#components/call-context/attempt.ts";
import { useCallState, useMeeting } from "#components/call-context/use-meeting.ts";

/** Whether my hand is up, and the way to change that. */
export function useMyHand(): { isRaised: boolean; toggle: () => void } {
  const meeting = useMeeting();
  const isRaised = useCallState(({ people }) =>
    people.some((person) => person.isMe && person.handRaisedAtMs !== undefined),
  );
  return { isRaised, toggle: () => void attempt(() => meeting.raiseHand(!isRaised)) };
}
