import { AppError } from "#lib/errors.ts";
import { type DeviceId, newDeviceId } from "#lib/ids.ts";
import { type EntryAsk, decideEntry } from "#lib/lobby/decide-entry.ts";
import { type ReadEntry, readEntry, storeTicket } from "#lib/lobby/lobby-repository.ts";
import { storeCancellation, storeConnected, storeName } from "#lib/lobby/ticket-repository.ts";
import { anAsk, sit } from "#lib/testing/redis-rooms.ts";
import { aTicket } from "#lib/testing/places.ts";
import { newLobbyIdentity, newTicketId } from "#lib/ids.ts";
import { PLACES, SHARE, type Someone, type World, aNewGuest, note } from "./world.ts";

/** Refusals that are normal for a service. Any other error fails the run. */
const USUAL = ["changed_meanwhile", "room_full", "lobby_full", "ticket_unknown", "person_unknown", "not_allowed"];

export async function orRefused<T>(world: World, what: string, run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof AppError) || !USUAL.includes(error.code)) throw error;
    note(world, `${what}: ${error.code}`);
    return undefined;
  }
}

export async function look(world: World, who: Someone): Promise<ReadEntry> {
  const read = await readEntry(world.code, { personKey: who.key, addressKey: who.address }, world.nowMs);
  if (!read) throw new Error("The room is gone");
  world.reads.push({ who, read });
  if (world.reads.length > 30) world.reads.shift();
  return read;
}

/** A user asks to join; half of the decisions use an old answer. @returns rule violations. */
export async function enter(world: World): Promise<string[]> {
  const { random, people } = world;
  if (random.chance(0.15)) people.push(aNewGuest(world));
  const old = random.chance(0.4) ? random.pick(world.reads) : undefined;
  // Some users join with all of their devices.
  const who = old?.who ?? (random.chance(0.25) ? people[random.below(2)] : random.pick(people));
  if (!who) return [];
  const read = old?.read ?? (await look(world, who));
  const device = random.chance(0.1) ? newDeviceId() : (random.pick(who.devices) ?? newDeviceId());
  const isSignedIn = who.kind === "account";
  const intent = random.pick(["enter", "second", "second", "second", "move"] as const) ?? "enter";
  const ask = anAsk({ device, intent, isSignedIn, name: who.name, restart: random.chance(0.5) });
  const decision = decideEntry(read, ask, world.nowMs);
  note(world, `entry: ${decision.status}`);
  if (decision.status === "ask") await knock(world, who, read);
  if (decision.status !== "admitted") return [];
  return takeSeat(world, { who, read, ask, device, isReturning: decision.because === "seat" });
}

type Taking = { who: Someone; read: ReadEntry; ask: EntryAsk; device: DeviceId; isReturning: boolean };

async function takeSeat(world: World, { who, read, ask, device, isReturning }: Taking): Promise<string[]> {
  const { code, nowMs } = world;
  const now = await readEntry(code, { personKey: who.key, addressKey: who.address }, nowMs);
  const own = isReturning ? read.place.seats.find((seat) => seat.device === device) : undefined;
  const decision = decideEntry(read, ask, nowMs);
  const because = decision.status === "admitted" ? decision.because : undefined;
  const reserved = await orRefused(world, "seat", () =>
    sit(code, who.key, {
      read,
      device,
      nowMs,
      addressKey: who.address,
      kind: who.kind,
      name: who.name,
      isMove: ask.intent === "move",
      ...(own && read.place.session ? { returning: own } : {}),
      isInside: because === "inside",
      ...(because === "ticket" && read.ticket ? { ticketId: read.ticket.id } : {}),
    }),
  );
  if (!reserved) return [];
  note(world, reserved.open ? "seat: opened the meeting" : "seat: taken");
  if (reserved.moved.length > 0 && ask.intent !== "move") note(world, "seat: the oldest of five went");
  world.seats.push({ identity: reserved.seat.identity, who });
  // A user who joined on another device in the meantime would be asked which one to use; that is not a missing right.
  const fresh = now && decideEntry(now, ask, nowMs);
  if (fresh?.status === "admitted" || fresh?.status === "elsewhere") return [];
  return [
    `${who.name} took a seat by a decision that holds no more: ${JSON.stringify(decision)} → ${JSON.stringify(fresh)}`,
  ];
}

async function knock(world: World, who: Someone, read: ReadEntry): Promise<void> {
  const times = { askedAtMs: world.nowMs, expiresAtMs: world.nowMs + 600_000, lastSeenAtMs: world.nowMs };
  const ids = { id: newTicketId(), lobbyIdentity: newLobbyIdentity(), personKey: who.key, addressKey: who.address };
  const ticket = aTicket({ ...times, ...ids, name: who.name, kind: who.kind });
  const stored = await orRefused(world, "knock", () => storeTicket(ticket, read, { maxWaiting: PLACES, share: SHARE }));
  if (!stored) return;
  world.lobby.push(ticket.lobbyIdentity);
  note(world, stored.lost.length > 0 ? "knock: took a place" : "knock: waits");
}

/** A waiting user polls, changes the name, gives up, or connects to the lobby room or disconnects from it. */
export async function wait(world: World): Promise<void> {
  const { random, code, nowMs } = world;
  const who = random.pick(world.people);
  const identity = random.pick(world.lobby);
  if (!who) return;
  switch (random.weighted({ look: 5, rename: 1, cancel: 1, connect: 3, disconnect: 2 })) {
    case "look":
      return void (await look(world, who));
    case "rename":
      return void (await orRefused(world, "rename", () => storeName(code, who.key, `${who.name}!`, nowMs)));
    case "cancel":
      return void (await orRefused(world, "cancel", () => storeCancellation(code, who.key, nowMs)));
    case "connect":
      return void (identity && (await storeConnected(code, identity, "connected", nowMs)));
    case "disconnect":
      return void (identity && (await storeConnected(code, identity, random.chance(0.5) ? "closed" : "lost", nowMs)));
  }
}
