import type { DeviceId, Identity, PersonKey, SessionId } from "#lib/ids.ts";
import type { Role, Room } from "#lib/rooms/room.ts";

export type PersonKind = "person" | "guest";

/** A person's devices in one meeting: a laptop, a phone, a room's system, and one more. The fifth takes the place of the oldest. */
export const MOST_SEATS = 4;

/**
 * A person's place in the meeting on one device.
 *
 * reserved: a token was given, LiveKit has not told of the arrival; present: connected; away: the connection is lost and the
 * seat is kept a minute; removed: out, for the reason given, until entry gives a new seat.
 */
export type Seat = {
  identity: Identity;
  personKey: PersonKey;
  device: DeviceId;
  name: string;
  kind: PersonKind;
  status: "reserved" | "present" | "away" | "removed";
  /** Why it was removed; empty otherwise. */
  reason: "" | "left" | "moved" | "expelled" | "banned";
  /** First entry in this session; survives reloads, decides the order of people and of succession. */
  joinedAtMs: number;
  /** LiveKit's sid of the connection that counts; empty until it arrived. */
  sid: string;
  /** The leg this seat publishes on. */
  homeLeg: string;
  /** How many homes it has had, this one included: of two words on where somebody publishes the one with the higher count holds. */
  homeCount: number;
  /** 0 while the hand is down. */
  handRaisedAtMs: number;
  /** Until when the seat counts. */
  heldUntilMs: number;
  /** Hashed network address. */
  addressKey: string;
};

export type Session = {
  sessionId: SessionId;
  startedAtMs: number;
  /** When its length limit ends it for all; absent in a session from before there were limits. */
  endsAtMs?: number | undefined;
  hostSeenAtMs: number;
  /** Since when no host (co-hosts aside) is there; undefined while one is, and until somebody noticed. */
  hostGoneSinceMs?: number | undefined;
  /** When anybody was heard of last. */
  lastSeenAtMs: number;
  chatSeq: number;
};

/** A LiveKit room of the session. `state`: only `live` legs are handed out. */
export type Leg = { leg: string; site: string; room: string; state: "live" | "closed" };

/** What one person is to one room at this moment: everything a decision about them needs, read in one step. */
export type Place = {
  room: Room;
  session: Session | undefined;
  legs: readonly Leg[];
  personKey: PersonKey | undefined;
  role: Role;
  isBanned: boolean;
  isExpelled: boolean;
  /** This person's own seats, whatever their status, all devices. */
  seats: readonly Seat[];
  /** Seats that count now, everybody's. */
  insideCount: number;
  isHostPresent: boolean;
  waitingCount: number;
};

/** Whether the seat is somebody's right to be inside now. */
export function isHeld(seat: Seat, nowMs: number): boolean {
  return seat.status !== "removed" && seat.heldUntilMs > nowMs;
}

/** @returns the seat of this tab, if it was not removed; an expired one still tells who came back. */
export function seatOn(place: Place, device: DeviceId | undefined): Seat | undefined {
  return place.seats.find((seat) => seat.device === device);
}

/** Who somebody is to the room: the owner always hosts, others by the session's table of roles. */
export function roleOf(personKey: string | undefined, ownerId: string, entry: string | undefined): Role {
  if (personKey === undefined) return "participant";
  if (personKey === ownerId) return "host";
  if (entry === "host" || entry === "cohost") return entry;
  return "participant";
}
