import type { AccountActor } from "#lib/auth/actor.ts";
import {
  AccountId,
  type DeviceId,
  type PersonKey,
  type RoomCode,
  newDeviceId,
  newIdentity,
  newSessionId,
} from "#lib/ids.ts";
import type { EntryAsk } from "#lib/lobby/decide-entry.ts";
import { type ReadEntry, readEntry } from "#lib/lobby/lobby-repository.ts";
import { openRoom } from "#lib/rooms/room-service.ts";
import { type Opening, reserveSeat } from "#lib/seats/reservation-repository.ts";
import type { ParticipantKind } from "#lib/rooms/participant-kind.ts";
import type { Seat } from "#lib/seats/seat.ts";
import { NOW, aSeat, person } from "./places.ts";

/** Fixtures for tests against a real Redis: they use the product's own stores, without LiveKit. */
let accounts = 0;

export function anAccount(name = "Olga"): AccountActor & { key: PersonKey } {
  accounts += 1;
  const accountId = AccountId.parse(`a_${crypto.randomUUID().replaceAll("-", "")}${accounts}`);
  return { kind: "account", accountId, name, key: person(accountId) };
}

export const aGuest = (): PersonKey => person(`g_${crypto.randomUUID()}`);

export async function aRoomOf(owner: AccountActor, access: "ask" | "open" = "ask"): Promise<RoomCode> {
  return (await openRoom(owner, { access }, NOW)).code;
}

export function anAsk(change: Partial<EntryAsk> = {}): EntryAsk {
  return { device: newDeviceId(), intent: "enter", restart: false, isSignedIn: false, name: "Ada", ...change };
}

export function anOpening(): Opening {
  const sessionId = newSessionId();
  return { sessionId, legs: [{ leg: "a", site: "local-a", room: `${sessionId}.a` }] };
}

export async function mustRead(
  code: RoomCode,
  personKey: PersonKey | undefined,
  nowMs = NOW,
  addressKey = "address",
): Promise<ReadEntry> {
  const read = await readEntry(code, { personKey, addressKey }, nowMs);
  if (!read) throw new Error(`There is no room ${code}`);
  return read;
}

type Seating = {
  read?: ReadEntry;
  device?: DeviceId;
  isMove?: boolean;
  isInside?: boolean;
  ticketId?: string;
  nowMs?: number;
  homes?: readonly string[];
  /** The seat that this tab already holds. */
  returning?: Seat;
  addressKey?: string;
  kind?: ParticipantKind;
  name?: string;
};

/** Takes a new seat as joining does, opening the meeting if there is none. */
export async function sit(code: RoomCode, key: PersonKey, seating: Seating = {}) {
  const { device = newDeviceId(), isMove = false, ticketId, nowMs = NOW, homes = ["a"], returning } = seating;
  const { addressKey = "address", kind = "guest", name = "Gast", isInside = false } = seating;
  const read = seating.read ?? (await mustRead(code, key, nowMs));
  const open = read.place.session ? undefined : anOpening();
  const ids = { personKey: key, device, identity: newIdentity(), addressKey, kind, name };
  const fresh = aSeat({ ...ids, status: "reserved", joinedAtMs: nowMs, homeLeg: "", homeCount: 0 });
  const reserved = await reserveSeat({
    place: read.place,
    seat: returning ?? fresh,
    isReturning: returning !== undefined,
    ticketId,
    isInside,
    isMove,
    open,
    homes,
    nowMs,
    storedSession: read.stored.sessionId,
  });
  return { ...reserved, open };
}
