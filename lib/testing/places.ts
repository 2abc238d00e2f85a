import {
  AccountId,
  DeviceId,
  Identity,
  LobbyIdentity,
  type PersonKey,
  RoomCode,
  SessionId,
  TicketId,
} from "#lib/ids.ts";
import type { Ticket } from "#lib/lobby/ticket.ts";
import { NO_LOCKS, type Room } from "#lib/rooms/room.ts";
import type { Place, Seat } from "#lib/seats/seat.ts";

/** A fixed time for tests of rules. */
export const NOW = 1_800_000_000_000;
export const OWNER = AccountId.parse(`a_${"o".repeat(27)}`);
export const HERE = DeviceId.parse(`d_${"1".repeat(20)}`);
export const THERE = DeviceId.parse(`d_${"2".repeat(20)}`);
const SESSION = SessionId.parse("s".repeat(20));

export const person = (name: string) => name as PersonKey;

/** A room whose link is valid for another day. */
export function aRoom(change: Partial<Room> = {}): Room {
  return {
    code: RoomCode.parse("abc-defg-hij"),
    title: "",
    ownerId: OWNER,
    ownerName: "Olga",
    access: "ask",
    isLocked: false,
    locks: NO_LOCKS,
    maxParticipants: 100,
    createdAtMs: NOW - 3_600_000,
    expiresAtMs: NOW + 86_400_000,
    endedAtMs: undefined,
    rev: 1,
    ...change,
  };
}

/** A guest's seat on this device, held for another minute. */
export function aSeat(change: Partial<Omit<Seat, "personKey">> & { personKey?: string } = {}): Seat {
  const { personKey = "g_guest", ...rest } = change;
  return {
    identity: Identity.parse(`p_${"1".repeat(20)}`),
    device: HERE,
    name: "Gast",
    kind: "guest",
    status: "present",
    reason: "",
    joinedAtMs: NOW - 60_000,
    sid: "",
    homeLeg: "a",
    homeCount: 1,
    handRaisedAtMs: 0,
    heldUntilMs: NOW + 60_000,
    addressKey: "address",
    ...rest,
    personKey: person(personKey),
  };
}

/** A guest outside a running meeting that has a host. */
export function aPlace(change: Partial<Place> = {}): Place {
  return {
    room: aRoom(),
    session: { sessionId: SESSION, startedAtMs: NOW - 600_000, hostSeenAtMs: NOW, lastSeenAtMs: NOW, chatSeq: 0 },
    legs: [{ leg: "a", site: "local-a", room: `${SESSION}.a`, state: "live" }],
    personKey: person("g_guest"),
    role: "participant",
    isBanned: false,
    isExpelled: false,
    seats: [],
    insideCount: 1,
    isHostPresent: true,
    waitingCount: 0,
    ...change,
  };
}

/** A guest's ticket, created just now. */
export function aTicket(change: Partial<Ticket> = {}): Ticket {
  return {
    id: TicketId.parse(`t_${"1".repeat(20)}`),
    personKey: person("g_guest"),
    name: "Ada",
    kind: "guest",
    status: "waiting",
    code: "",
    askedAtMs: NOW,
    expiresAtMs: NOW + 600_000,
    lastSeenAtMs: NOW,
    isConnected: false,
    isHidden: false,
    listedUntilMs: NOW + 16_000,
    lobbyIdentity: LobbyIdentity.parse(`w_${"1".repeat(20)}`),
    addressKey: "",
    ...change,
  };
}
