import { keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript, toTexts } from "#lib/redis/script.ts";
import { type World, note } from "./world.ts";

/** In milliseconds. Longer than any step takes on a busy machine. */
const STEP_MS = 10_000;

// KEYS: 1 prefix, 2 book: key → `deadline|end`, the deadline that was set here and when the key ends by the model's clock.
// ARGV: 1 now by the model's clock, 2 the least time to leave. Returns { 1 when a session expired, ids of expired requests }.
const TICK = defineScript(
  `
  local prefix, book, now = KEYS[1], KEYS[2], tonumber(ARGV[1])
  local time = redis.call('TIME')
  local real = time[1] * 1000 + math.floor(time[2] / 1000)
  -- Waiting requests and their indexes outlive a session, and clean up after themselves.
  local others = { [K.room] = true, [K.bans] = true, [K.bannedAddresses] = true }
  for _, name in ipairs(LOBBY_KEYS) do others[name] = true end
  local function belongs_to_session(name)
    local isWaiting = string.sub(name, 1, #K.ticket) == K.ticket and redis.call('HGET', prefix .. name, 'status') == 'waiting'
    return not others[name] and not isWaiting
  end
  local hasExpired, requests = 0, {}
  for _, key in ipairs(redis.call('KEYS', prefix .. '*')) do
    local name = string.sub(key, #prefix + 1)
    local deadline = redis.call('PEXPIRETIME', key)
    if deadline > 0 and belongs_to_session(name) then
      local set, ends = string.match(redis.call('HGET', book, key) or '', '^(%d+)|(%d+)$')
      ends = tonumber(set or '0') == deadline and tonumber(ends) or now + deadline - real
      if ends <= now then
        redis.call('DEL', key)
        if name == K.session then hasExpired = 1 end
        requests[#requests + 1] = string.match(name, '^' .. K.ticket .. '(.*)$')
      else
        local next = string.format('%.0f', real + math.max(ends - now, tonumber(ARGV[2])))
        redis.call('PEXPIREAT', key, next)
        redis.call('HSET', book, key, next .. '|' .. string.format('%.0f', ends))
      end
    end
  end
  redis.call('PEXPIRE', book, 3600000)
  return { hasExpired, requests }
`,
  { isIdempotent: false },
);

/** Expires a session's keys by the model's clock instead of Redis' own, so that runs with the same seed are identical. */
export async function tick(world: World): Promise<void> {
  const { code, nowMs } = world;
  const answer: ScriptAnswer = await TICK([keys.prefix(code), `model:${code}`], [nowMs, STEP_MS]);
  const [hasExpired, requests] = Array.isArray(answer) ? answer : [];
  if (hasExpired === 1) note(world, "session: expired");
  for (const id of toTexts(requests)) world.expired.add(id);
}
