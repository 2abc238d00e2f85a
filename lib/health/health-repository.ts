import "server-only";
import { randomUUID } from "node:crypto";
import { describeError, log } from "#lib/log.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript, toRecord } from "#lib/redis/script.ts";
import { NOTE_IS_OLD_MS, type NodeNote, type SiteLook } from "./health.ts";
import { SiteLookSchema } from "./health-schema.ts";

/** What is known about a site. */
export type KnownSite = { look: SiteLook | undefined; notes: NodeNote[] };

/** Lua: Redis' own time, in milliseconds: the one clock that app and gatekeepers share. */
const TIME_LUA = `
local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
`;

/** Smaller clock differences, in milliseconds, may just be the round trip to Redis. */
const CLOCK_NOISE_MS = 5_000;

// KEYS: for each site, its last check and a hash of its nodes
const READ = defineScript(
  `${TIME_LUA}
  local known = {}
  for i = 1, #KEYS, 2 do
    known[#known + 1] = { redis.call('GET', KEYS[i]) or '', redis.call('HGETALL', KEYS[i + 1]) }
  end
  return { now_ms(), known }
`,
  { isIdempotent: true },
);

/**
 * What is known about these sites, in their order, in one round trip. Nodes' times are converted to our clock.
 *
 * @throws AppError `unavailable`
 */
export async function readSites(sites: readonly string[], nowMs: number): Promise<KnownSite[]> {
  const asked = sites.flatMap((site) => [keys.siteLook(site), keys.siteNodes(site)]);
  const [redisNowMs, answers] = asList(await READ(asked, []));
  const known = asList(answers);
  const ownClockMs = nowMs - Number(redisNowMs);
  return sites.map((_, index) => {
    const [look, notes] = asList(known[index]);
    const ofNodes = parseNotes(toRecord(notes)).map((note) => inOurTime(note, ownClockMs));
    return { look: parseLook(String(look ?? "")), notes: ofNodes };
  });
}

function asList(answer: ScriptAnswer | undefined): ScriptAnswer[] {
  return Array.isArray(answer) ? answer : [];
}

/** A node's clock is stored as its difference from Redis'. @param ownClockMs - By how much ours is ahead of Redis'. */
function inOurTime(note: NodeNote, ownClockMs: number): NodeNote {
  const clockMs = note.clockMs - ownClockMs;
  return Math.abs(clockMs) < CLOCK_NOISE_MS ? { ...note, clockMs: 0 } : { ...note, atMs: note.atMs - clockMs, clockMs };
}

function parseLook(text: string): SiteLook | undefined {
  if (text === "") return undefined;
  try {
    return SiteLookSchema.parse(JSON.parse(text));
  } catch (error) {
    log("error", "health.unreadable", { error: describeError(error) });
    return undefined;
  }
}

function parseNotes(record: Record<string, string>): NodeNote[] {
  return Object.entries(record).map(([node, text]) => {
    const [atMs, load, isUp, clockMs = 0] = text.split("|");
    return { node, atMs: Number(atMs), load: Number(load), isUp: isUp === "1", clockMs: Number(clockMs) };
  });
}

const CLAIM = defineScript("return redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) and 1 or 0", {
  // A claim that was interrupted and repeated finds itself taken: the next caller checks the site.
  isIdempotent: true,
});

/** @returns false when another process is already checking the site. @throws AppError `unavailable` */
export async function claimLook(site: string): Promise<boolean> {
  return (await CLAIM([keys.siteLooking(site)], [TTL_MS.siteLooking])) === 1;
}

const SAVE = defineScript("return redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])", { isIdempotent: true });

/** @throws AppError `unavailable` */
export async function saveLook(site: string, look: SiteLook): Promise<void> {
  await SAVE([keys.siteLook(site)], [JSON.stringify(look), TTL_MS.siteLook]);
}

// KEYS: 1 nodes of the site, 2 epoch. ARGV: 1 node, 2 its report, 3 ms before which reports are deleted, 4 lifetime, 5 a first
// epoch, 6 its lifetime
const NOTE = defineScript(
  `${TIME_LUA}
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  local notes = redis.call('HGETALL', KEYS[1])
  for i = 1, #notes, 2 do
    local at = tonumber(string.match(notes[i + 1], '^%d+') or '0')
    if at < tonumber(ARGV[3]) then redis.call('HDEL', KEYS[1], notes[i]) end
  end
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
  redis.call('SET', KEYS[2], ARGV[5], 'NX', 'PX', ARGV[6])
  redis.call('PEXPIRE', KEYS[2], ARGV[6])
  return { redis.call('GET', KEYS[2]), now_ms() }
`,
  { isIdempotent: true },
);

/** Redis' answer to a report. `epoch` changes when Redis is emptied; `redisNowMs` is its clock. */
export type Noted = { epoch: string; redisNowMs: number };

/** Stores a report of a node's gatekeeper, and deletes nodes that have not reported for long. @throws AppError `unavailable` */
export async function saveNote(site: string, { node, atMs, load, isUp, clockMs }: NodeNote): Promise<Noted> {
  const note = `${atMs}|${load.toFixed(2)}|${isUp ? 1 : 0}|${Math.round(clockMs)}`;
  const args = [node, note, atMs - 5 * NOTE_IS_OLD_MS, TTL_MS.siteNodes, randomUUID(), TTL_MS.epoch];
  const [epoch, redisNowMs] = asList(await NOTE([keys.siteNodes(site), keys.epoch], args));
  return { epoch: String(epoch), redisNowMs: Number(redisNowMs) };
}
