import "server-only";
import type { DeviceId, Identity, PersonKey, RoomCode } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { defineScript } from "#lib/redis/script.ts";
import { RoleSchema } from "#lib/rooms/room-schema.ts";
import type { Role } from "#lib/rooms/room.ts";
import { HOLD_LUA } from "./hold-lua.ts";
import { parsePlace } from "./place-repository.ts";
import { PLACE_LUA } from "./place-lua.ts";
import { SESSION_LUA } from "./session-lua.ts";
import type { Place } from "./seat.ts";

const READ = defineScript(`${PLACE_LUA} return place(KEYS[1], ARGV[1], ARGV[2])`, { isReadOnly: true });

/**
 * Reads all facts for a decision about one person in one room, in one step.
 *
 * @param personKey - Undefined for an unknown user: reads only the room.
 * @returns undefined when there is no such room.
 * @throws AppError `unavailable`
 */
export async function readPlace(
  code: RoomCode,
  personKey: PersonKey | undefined,
  nowMs: number,
): Promise<Place | undefined> {
  return parsePlace(await READ([keys.prefix(code)], [personKey ?? "", nowMs]), personKey);
}

/** Lua: `renew(prefix, identity, now, untilMs)` renews a seat that is not removed, and returns the person's role; '' for a removed seat. */
const RENEW_LUA = `${HOLD_LUA}
local function renew(prefix, identity, now, untilMs)
  local key = prefix .. K.seat .. identity
  local seat = redis.call('HMGET', key, 'status', 'personKey')
  if not seat[1] or seat[1] == 'removed' then return '' end
  local refusal, role = hold(prefix, identity, seat[2], now, untilMs)
  if refusal then return '' end
  redis.call('HSET', key, 'status', 'present')
  keep_session(prefix, now)
  return role
end
`;

// ARGV: 1 person, 2 device, 3 now, 4 hold. A seat of an earlier session gives no rights.
const REPORT = defineScript(
  `${RENEW_LUA}${PLACE_LUA}
  local prefix, now = KEYS[1], tonumber(ARGV[3])
  local identity = redis.call('HGET', prefix .. K.person .. ARGV[1], ARGV[2])
  local of = identity and redis.call('HGET', prefix .. K.seat .. identity, 'sessionId')
  local isOfNow = identity and (not of or of == redis.call('HGET', prefix .. K.session, 'sessionId'))
  local role = isOfNow and renew(prefix, identity, now, now + tonumber(ARGV[4])) or ''
  return { role, place(prefix, ARGV[1], ARGV[3]) }
`,
  { isIdempotent: true },
);

/**
 * As `readPlace`, and renews the seat of this tab in the same step, so that a heartbeat takes one command.
 *
 * @returns `role` undefined when the seat was not renewed: there is none, it was removed, or it lapsed and there is no room for it.
 * @throws AppError `unavailable`
 */
export async function reportSeat(
  code: RoomCode,
  personKey: PersonKey,
  device: DeviceId,
  nowMs: number,
): Promise<{ place: Place | undefined; role: Role | undefined }> {
  const answer = await REPORT([keys.prefix(code)], [personKey, device, nowMs, TTL_MS.seatPresent]);
  const [role, place] = Array.isArray(answer) ? answer : [];
  return { place: parsePlace(place ?? null, personKey), role: RoleSchema.safeParse(role).data };
}

// ARGV: 1 identity, 2 now, 3 hold
const RECLAIM = defineScript(
  `${HOLD_LUA}
  local prefix, identity, now = KEYS[1], ARGV[1], tonumber(ARGV[2])
  local seat = redis.call('HMGET', prefix .. K.seat .. identity, 'status', 'personKey')
  if not seat[1] or seat[1] == 'removed' then return 0 end
  return hold(prefix, identity, seat[2], now, now + tonumber(ARGV[3])) and 0 or 1
`,
  { isIdempotent: true },
);

/** Reclaims a lapsed seat for a participant who is about to connect. @returns false when there is no room for it any more. */
export async function reclaimSeat(code: RoomCode, identity: Identity, nowMs: number): Promise<boolean> {
  return (await RECLAIM([keys.prefix(code)], [identity, nowMs, TTL_MS.seatReserved])) === 1;
}

// ARGV: 1 identity, 2 now. The removed seat stays to give the reason.
const FREE = defineScript(
  `${SESSION_LUA}
  local prefix, identity = KEYS[1], ARGV[1]
  local seat = prefix .. K.seat .. identity
  local status = redis.call('HGET', seat, 'status')
  if status and status ~= 'removed' then
    redis.call('HSET', seat, 'status', 'removed', 'reason', 'left', 'handRaisedAtMs', 0)
  end
  redis.call('ZREM', prefix .. K.seats, identity)
  redis.call('ZREM', prefix .. K.hosts, identity)
  return keep_session(prefix, tonumber(ARGV[2])) == 0 and 1 or 0
`,
  { isIdempotent: true },
);

/** Frees the seat of a participant who leaves. @returns whether this ended the session. */
export async function freeSeat(code: RoomCode, identity: Identity, nowMs: number): Promise<boolean> {
  return (await FREE([keys.prefix(code)], [identity, nowMs])) === 1;
}
