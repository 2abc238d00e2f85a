import type { Person } from "#lib/call/meeting.ts";

/**
 * What is said about the people after a while in which they came, went and raised hands.
 *
 * Compares two snapshots instead of following events, so that a reconnection in between is not announced.
 */
export function participantChangesText(before: readonly Person[], after: readonly Person[]): string {
  const known = new Map(before.map((person) => [person.identity, person]));
  const here = new Set(after.map((person) => person.identity));
  const others = after.filter((person) => !person.isMe);
  const joined = others.filter((person) => !known.has(person.identity));
  const left = before.filter((person) => !person.isMe && !here.has(person.identity));
  const raised = others.filter(
    (person) => person.handRaisedAtMs !== undefined && known.get(person.identity)?.handRaisedAtMs === undefined,
  );
  return [announce(joined, "joined"), announce(left, "left"), announce(raised, "raised a hand")]
    .filter(Boolean)
    .join(" ");
}

function announce(people: readonly Person[], what: string): string {
  const [first, second] = people;
  if (first === undefined) return "";
  if (second === undefined) return `${first.name} ${what}.`;
  if (people.length === 2) return `${first.name} and ${second.name} ${what}.`;
  return `${people.length} people ${what}.`;
}
