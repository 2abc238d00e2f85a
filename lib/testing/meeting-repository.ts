import {
  type Identity,
  type RoomCode,
  type SessionId,
  newDeviceId,
  newIdentity,
  newRoomCode,
  newSessionId,
} from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { roomFields } from "#lib/rooms/room-fields.ts";
import type { Role, Room } from "#lib/rooms/room.ts";
import { lookOf } from "#lib/rooms/name-look.ts";
import type { Seat } from "#lib/seats/seat.ts";
import { NOW, OWNER, aRoom, person } from "./places.ts";

export type Inmate = Partial<Omit<Seat, "personKey">> & { personKey?: string; role?: Role };
export type RunningMeeting = { code: RoomCode; sessionId: SessionId; seat: (who: Inmate) => Promise<Identity> };

/** A meeting in Redis, on one leg, to which a test adds participants. The owner has the key OWNER. */
export async function aRunningMeeting(room: Partial<Room> = {}): Promise<RunningMeeting> {
  const code = newRoomCode();
  const sessionId = newSessionId();
  await redis().hset(keys.ofRoom("room", code), Object.fromEntries(inPairs(roomFields(aRoom({ ...room, code })))));
  await redis().hset(keys.ofRoom("session", code), {
    sessionId,
    startedAtMs: String(NOW - 600_000),
    hostSeenAtMs: String(NOW - 600_000),
    chatSeq: "0",
  });
  await redis().hset(keys.ofRoom("legs", code), { a: `local-a|${sessionId}.a|live` });
  await redis().set(keys.sessionCode(sessionId), code);
  return { code, sessionId, seat: (who) => takeSeat(code, sessionId, who) };
}

async function takeSeat(
  code: RoomCode,
  sessionId: SessionId,
  { role = "participant", ...who }: Inmate,
): Promise<Identity> {
  const personKey = person(who.personKey ?? (role === "host" ? OWNER : `g_${crypto.randomUUID()}`));
  const identity = who.identity ?? newIdentity();
  const device = newDeviceId();
  const kind = personKey.startsWith("a_") ? "account" : "guest";
  const { heldUntilMs = NOW + 60_000, ...fields } = who;
  const seat = {
    status: "present",
    reason: "",
    joinedAtMs: NOW - 60_000,
    homeLeg: "a",
    name: "Gast",
    addressKey: "addr",
    handRaisedAtMs: 0,
  };
  const look = lookOf(fields.name ?? seat.name);
  const stored = { ...seat, kind, ...fields, personKey, identity, device, sessionId, look };
  await redis().hset(
    keys.ofRoom("seat", code, identity),
    Object.fromEntries(Object.entries(stored).map(([k, v]) => [k, String(v)])),
  );
  await redis().hset(keys.ofRoom("person", code, personKey), { [device]: identity });
  await redis().hset(keys.ofRoom("identities", code), { [identity]: personKey });
  await redis().zadd(keys.ofRoom("seats", code), { score: heldUntilMs, member: identity });
  if (role === "participant") return identity;
  await redis().zadd(keys.ofRoom("hosts", code), { score: heldUntilMs, member: identity });
  if (personKey !== person(OWNER)) await redis().hset(keys.ofRoom("roles", code), { [personKey]: role });
  return identity;
}

function inPairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? ""] as [string, string]] : []));
}
