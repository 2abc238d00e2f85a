"use client";
import { useAttempt } from "#components/call-context/use-attempt.ts";
import { useCallState, useMeeting } from "#components/call-context/use-meeting.ts";

/** Whether my hand is up, and the way to change that. */
export function useMyHand(): { isRaised: boolean; toggle: () => void } {
  const attempt = useAttempt();
  const meeting = useMeeting();
  const isRaised = useCallState(({ people }) =>
    people.some((person) => person.isMe && person.handRaisedAtMs !== undefined),
  );
  return { isRaised, toggle: () => void attempt(() => meeting.raiseHand(!isRaised)) };
}
