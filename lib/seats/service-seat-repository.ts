import "server-only";
import { AppError } from "#lib/errors.ts";
import { type PersonKey, type RoomCode, type SessionId, newDeviceId, newIdentity } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { defineScript, toRecord } from "#lib/redis/script.ts";
import { parseLegs, seatFields } from "./place-fields.ts";
import type { Leg, Seat, ServiceGrant } from "./seat.ts";
import { grantFields } from "./service-grant.ts";
import { SESSION_LUA } from "./session-lua.ts";

// ARGV: 1 session, 2 identity, 3 person, 4 device, 5 lifetime of session data, 6… fields. The home is the oldest live leg.
const SEAT = defineScript(
  `${SESSION_LUA}
  local prefix, identity = KEYS[1], ARGV[2]
  if redis.call('HGET', prefix .. K.session, 'sessionId') ~= ARGV[1] then return {} end
  local seat, home = prefix .. K.seat .. identity, nil
  local legs = redis.call('HGETALL', prefix .. K.legs)
  for i = 1, #legs, 2 do
    if string.sub(legs[i + 1], -5) == '|live' and (not home or legs[i] < home) then home = legs[i] end
  end
  if not home then return {} end
  redis.call('HSET', seat, unpack(ARGV, 6))
  redis.call('HSET', seat, 'homeLeg', home)
  redis.call('HSET', prefix .. K.person .. ARGV[3], ARGV[4], identity)
  redis.call('HSET', prefix .. K.identities, identity, ARGV[3])
  for _, name in ipairs({ K.identities, K.seat .. identity, K.person .. ARGV[3] }) do belongs(prefix, name, ARGV[5]) end
  return { home, legs }
`,
  { isIdempotent: true },
);

/** A service to seat: the name that participants see, unless its grant hides it. */
export type NewService = { name: string; grant: ServiceGrant };

/**
 * Seats a service in the running session. It takes no place in the room, keeps no meeting alive, and never hosts. Its seat ends with
 * the session, when a host removes it, or with `freeSeat`. Sign its tokens with `signLegs` and the grant.
 *
 * @throws AppError `not_inside` when that session is over; `unavailable`
 */
export async function seatService(
  code: RoomCode,
  sessionId: SessionId,
  { name, grant }: NewService,
  nowMs: number,
): Promise<{ seat: Seat; legs: readonly Leg[] }> {
  const identity = newIdentity();
  const reserved: Seat = {
    identity,
    personKey: `s_${identity}` as PersonKey,
    device: newDeviceId(),
    name,
    kind: "service",
    status: "reserved",
    reason: "",
    sid: "",
    joinedAtMs: nowMs,
    homeLeg: "",
    homeCount: 1,
    handRaisedAtMs: 0,
    heldUntilMs: 0,
    addressKey: "",
  };
  const fields = [...seatFields(reserved, sessionId), ...Object.entries(grantFields(grant)).flat()];
  const args = [sessionId, identity, reserved.personKey, reserved.device, TTL_MS.session];
  const answer = await SEAT([keys.prefix(code)], [...args, ...fields]);
  const [homeLeg, legs] = Array.isArray(answer) ? answer : [];
  if (!homeLeg) throw new AppError("not_inside");
  return { seat: { ...reserved, homeLeg: String(homeLeg) }, legs: parseLegs(toRecord(legs)) };
}
