import type { Person } from "#lib/call/meeting.ts";
import type { Texts } from "#components/texts/texts.ts";

/**
 * What is said about the people after a while in which they came, went and raised hands.
 *
 * Compares two snapshots instead of following events, so that a reconnection in between is not announced.
 */
export function participantChangesText(t: Texts, before: readonly Person[], after: readonly Person[]): string {
  const known = new Map(before.map((person) => [person.identity, person]));
  const here = new Set(after.map((person) => person.identity));
  const others = after.filter((person) => !person.isMe);
  const joined = others.filter((person) => !known.has(person.identity));
  const left = before.filter((person) => !person.isMe && !here.has(person.identity));
  const raised = others.filter(
    (person) => person.handRaisedAtMs !== undefined && known.get(person.identity)?.handRaisedAtMs === undefined,
  );
  return [changeText(t, "joined", joined), changeText(t, "left", left), changeText(t, "raised", raised)]
    .filter(Boolean)
    .join(" ");
}

function changeText(t: Texts, what: "joined" | "left" | "raised", people: readonly Person[]): string {
  const [first, second] = people;
  if (first === undefined) return "";
  if (second === undefined) return t(`announce.${what}.one`, { name: first.name });
  if (people.length === 2) return t(`announce.${what}.two`, { first: first.name, second: second.name });
  return t(`announce.${what}.many`, { count: people.length });
}
