import type { Snapshot } from "./snapshot.ts";
import { CAP, PLACES, SHARE, type World } from "./world.ts";

/** What must hold for a room after every step. @returns one sentence per violation. */
export function violations(world: World, snapshot: Snapshot): string[] {
  return [
    ...ofSeats(world, snapshot),
    ...ofRoles(world, snapshot),
    ...ofLobby(snapshot),
    ...ofLeftovers(world, snapshot),
  ];
}

function ofSeats({ nowMs, owner }: World, { held, seats, session, bans, expelled, identities }: Snapshot): string[] {
  const found: string[] = [];
  const byPerson = new Map<string, number>();
  for (const [identity, untilMs] of held) {
    if (untilMs <= nowMs) continue;
    const seat = seats.get(identity);
    const person = identities[identity] ?? "";
    byPerson.set(person, (byPerson.get(person) ?? 0) + 1);
    if (!seat) found.push(`a seat is held that no one has: ${identity}`);
    if (seat?.status === "removed") found.push(`a removed seat is held (${seat.reason})`);
    if (seat && seat.sessionId !== session.sessionId) found.push("a seat of another session is held");
    if (person !== owner.key && bans[person]) found.push("a banned person holds a seat");
    if (person !== owner.key && expelled[person]) found.push("an expelled person holds a seat");
  }
  const spare = byPerson.has(owner.key) ? 1 : 0;
  const total = [...byPerson.values()].reduce((sum, count) => sum + count, 0);
  if (total > CAP + spare) found.push(`${total} seats of ${CAP} are held`);
  for (const [person, count] of byPerson) if (count > 4) found.push(`${person} holds ${count} seats`);
  return found;
}

function ofRoles({ nowMs, owner }: World, { hosts, held, roles, identities, expelled, bans }: Snapshot): string[] {
  const found: string[] = [];
  for (const [identity, untilMs] of hosts) {
    if (untilMs <= nowMs) continue;
    const person = identities[identity] ?? "";
    if ((held.get(identity) ?? 0) <= nowMs) found.push("a host is present without a seat");
    if (person !== owner.key && !roles[person]) found.push("someone without the role counts as a host");
  }
  for (const [person, role] of Object.entries(roles)) {
    if (role !== "cohost" && role !== "host") found.push(`there is a role ${role}`);
    if (expelled[person] || bans[person]) found.push("a removed person has a role");
    if (person === owner.key) found.push("the owner is in the table of roles");
  }
  return found;
}

function ofLobby({ queue, lapses, requests, tickets }: Snapshot): string[] {
  const found: string[] = [];
  const waiting = [...requests.values()].filter(({ status }) => status === "waiting");
  const queued = new Set(queue.keys());
  if (!areSame(queued, new Set(lapses.keys()))) found.push("queue and lapses differ");
  if (!areSame(queued, new Set(waiting.map(({ id = "" }) => id)))) found.push("the queue is not those who wait");
  const people = waiting.map(({ personKey }) => personKey);
  if (new Set(people).size !== people.length) found.push("a person waits twice");
  for (const { id, personKey = "" } of waiting)
    if (tickets[personKey] !== id) found.push("a request is not its person's");
  const guests = waiting.filter(({ kind }) => kind === "guest");
  if (guests.length > PLACES) found.push(`${guests.length} guests wait in ${PLACES} places`);
  if (waiting.length - guests.length > PLACES) found.push("too many signed-in people wait");
  const byAddress = new Map<string, number>();
  for (const { addressKey = "" } of guests) byAddress.set(addressKey, (byAddress.get(addressKey) ?? 0) + 1);
  for (const [address, count] of byAddress) if (count > SHARE) found.push(`${count} wait from ${address}`);
  return found;
}

function areSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((member) => other.has(member));
}

/** Nothing may be left of a meeting that is over, or of requests that are no longer polled. */
function ofLeftovers({ expired }: World, snapshot: Snapshot): string[] {
  const { session, held, hosts, roles, expelled, identities, lobby, requests, stale } = snapshot;
  const found: string[] = [];
  const isOver = session.sessionId === undefined;
  const kept =
    held.size + hosts.size + [roles, expelled, identities].reduce((sum, one) => sum + Object.keys(one).length, 0);
  if (isOver && kept > 0) found.push("something is left of a meeting that is over");
  const known = new Set([...requests.keys(), ...[...stale.keys()].map((member) => member.split("|")[0] ?? "")]);
  if (Object.values(lobby).some((id) => !known.has(id) && !expired.has(id)))
    found.push("a connection leads to a request that is gone");
  const over = [...requests.values()].filter(({ status = "" }) => ["lapsed", "refused", "cancelled"].includes(status));
  for (const { id = "" } of over)
    if (![...stale.keys()].some((member) => member.startsWith(`${id}|`)))
      found.push("an ended request is never forgotten");
  return found;
}
