import type { Person } from "#lib/call/meeting.ts";

/** Those with a raised hand, the longest raised first; nobody twice, and always in the same order for everybody. */
export function raisedHands(people: readonly Person[]): readonly Person[] {
  return people
    .filter((person) => person.handRaisedAtMs !== undefined)
    .toSorted((a, b) => (a.handRaisedAtMs ?? 0) - (b.handRaisedAtMs ?? 0) || a.identity.localeCompare(b.identity));
}
