import type { DeviceId, Identity, PersonKey, SessionId } from "#lib/ids.ts";
import type { ParticipantKind } from "#lib/rooms/participant-kind.ts";
import type { LockableSource, Role, Room } from "#lib/rooms/room.ts";

/** The most devices of a person in one meeting: a laptop, a phone, a room system, and one more. The fifth replaces the oldest. */
export const MOST_SEATS = 4;

/**
 * One participant on one device.
 *
 * reserved: a token was issued, LiveKit has not reported the arrival; present: connected; away: the connection is lost and the seat
 * is kept a minute; removed: out, for the stored reason, until a new entry.
 */
export type Seat = {
  identity: Identity;
  personKey: PersonKey;
  device: DeviceId;
  name: string;
  kind: ParticipantKind;
  status: "reserved" | "present" | "away" | "removed";
  /** Reason of the removal; empty otherwise. */
  reason: "" | "left" | "moved" | "expelled" | "banned";
  /** First entry in this session. Survives reloads; decides the order of participants and of succession. */
  joinedAtMs: number;
  /** LiveKit's sid of the current connection; empty before the arrival. */
  sid: string;
  /** The leg on which this seat publishes. */
  homeLeg: string;
  /** Version of the home leg, starting at 1: the highest wins when legs disagree. */
  homeCount: number;
  /** 0 while the hand is down. */
  handRaisedAtMs: number;
  /** Until when the seat counts. */
  heldUntilMs: number;
  /** Hashed network address. */
  addressKey: string;
};

/**
 * What a service can do: whether participants see it, and what it can publish where locks allow it. A hidden one publishes nothing,
 * since LiveKit would show its tracks.
 */
export type ServiceGrant =
  { isHidden: true; sources: readonly [] } | { isHidden: false; sources: readonly LockableSource[] };

export type Session = {
  sessionId: SessionId;
  startedAtMs: number;
  /** When the length limit ends it for everyone; absent in sessions from before there were limits. */
  endsAtMs?: number | undefined;
  hostSeenAtMs: number;
  /** Since when no host (co-hosts aside) is present; undefined while one is, and until the departure is noticed. */
  hostGoneSinceMs?: number | undefined;
  /** Time of the last contact with any participant. */
  lastSeenAtMs: number;
  chatSeq: number;
};

/** A LiveKit room of the session. `state`: only `live` legs are handed out. */
export type Leg = { leg: string; site: string; room: string; state: "live" | "closed" };

/** What one person is to one room at this moment: all facts for a decision about them, read in one step. */
export type Place = {
  room: Room;
  session: Session | undefined;
  legs: readonly Leg[];
  personKey: PersonKey | undefined;
  role: Role;
  isBanned: boolean;
  isExpelled: boolean;
  /** This person's own seats, on all devices, in any status. */
  seats: readonly Seat[];
  /** Seats of all participants that count now. */
  insideCount: number;
  isHostPresent: boolean;
  waitingCount: number;
};

/** Whether the seat gives the right to be in the meeting now. */
export function isHeld(seat: Seat, nowMs: number): boolean {
  return seat.status !== "removed" && seat.heldUntilMs > nowMs;
}

/** @returns the seat of this tab, unless it was removed; a lapsed one still identifies the participant. */
export function seatOn(place: Place, device: DeviceId | undefined): Seat | undefined {
  return place.seats.find((seat) => seat.device === device);
}

/** A person's role in the room: the owner always hosts, others have the role stored in the session. */
export function roleOf(personKey: string | undefined, ownerId: string, entry: string | undefined): Role {
  if (personKey === undefined) return "participant";
  if (personKey === ownerId) return "host";
  if (entry === "host" || entry === "cohost") return entry;
  return "participant";
}
