import type { Person } from "#lib/call/meeting.ts";

/** Participants with a raised hand, longest first. Ties break by identity, so that all browsers show the same order. */
export function raisedHands(people: readonly Person[]): readonly Person[] {
  return people
    .filter((person) => person.handRaisedAtMs !== undefined)
    .toSorted((a, b) => (a.handRaisedAtMs ?? 0) - (b.handRaisedAtMs ?? 0) || a.identity.localeCompare(b.identity));
}
