"use client";
import { useState } from "react";
import type { Verdict } from "#lib/lobby/lobby-schema.ts";
import { useAttempt } from "#components/call-context/use-attempt.ts";
import { useMeeting } from "#components/call-context/use-meeting.ts";

type Decide = {
  /** Ticket ids, and `all`, whose verdict is on its way. */
  deciding: ReadonlySet<string>;
  decide: (ticketId: string, verdict: Verdict) => void;
  decideAll: (verdict: Verdict) => void;
};

/** Admits and denies; knows what is under way, so that a button is pressed once. */
export function useDecide(): Decide {
  const attempt = useAttempt();
  const meeting = useMeeting();
  const [deciding, setDeciding] = useState<ReadonlySet<string>>(new Set());
  const during = async (key: string, action: () => Promise<void>) => {
    setDeciding((before) => new Set([...before, key]));
    await attempt(action);
    setDeciding((before) => new Set([...before].filter((other) => other !== key)));
  };
  return {
    deciding,
    decide: (ticketId, verdict) => void during(ticketId, () => meeting.decide(ticketId, verdict)),
    decideAll: (verdict) => void during("all", () => meeting.decideAll(verdict)),
  };
}
