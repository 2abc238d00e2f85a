import "server-only";
import { describeError, log } from "#lib/log.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript, toRecord } from "#lib/redis/script.ts";
import { NOTE_IS_OLD_MS, type NodeNote, type SiteLook } from "./health.ts";
import { SiteLookSchema } from "./health-schema.ts";

/** What is known of a site. */
export type KnownSite = { look: SiteLook | undefined; notes: NodeNote[] };

// KEYS: a look and a hash of nodes for each site
const READ = defineScript(
  `
  local known = {}
  for i = 1, #KEYS, 2 do
    known[#known + 1] = { redis.call('GET', KEYS[i]) or '', redis.call('HGETALL', KEYS[i + 1]) }
  end
  return known
`,
  { isIdempotent: true },
);

/** What is known of these sites, in their order; one round trip. @throws AppError `unavailable` */
export async function readSites(sites: readonly string[]): Promise<KnownSite[]> {
  const asked = sites.flatMap((site) => [keys.siteLook(site), keys.siteNodes(site)]);
  const answer = await READ(asked, []);
  const known = Array.isArray(answer) ? answer : [];
  return sites.map((_, index) => {
    const [look, notes] = (known[index] ?? []) as ScriptAnswer[];
    return { look: parseLook(String(look ?? "")), notes: parseNotes(toRecord(notes)) };
  });
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
    const [atMs, load, isUp] = text.split("|");
    return { node, atMs: Number(atMs), load: Number(load), isUp: isUp === "1" };
  });
}

const CLAIM = defineScript("return redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) and 1 or 0", {
  // A claim that was cut and repeated finds itself: the site is looked at by the next one.
  isIdempotent: true,
});

/** @returns false when somebody else looks at the site already. @throws AppError `unavailable` */
export async function claimLook(site: string): Promise<boolean> {
  return (await CLAIM([keys.siteLooking(site)], [TTL_MS.siteLooking])) === 1;
}

const SAVE = defineScript("return redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])", { isIdempotent: true });

/** @throws AppError `unavailable` */
export async function saveLook(site: string, look: SiteLook): Promise<void> {
  await SAVE([keys.siteLook(site)], [JSON.stringify(look), TTL_MS.siteLook]);
}

// ARGV: 1 node, 2 its note, 3 ms before which notes are forgotten, 4 lifetime
const NOTE = defineScript(
  `
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  local notes = redis.call('HGETALL', KEYS[1])
  for i = 1, #notes, 2 do
    local at = tonumber(string.match(notes[i + 1], '^%d+') or '0')
    if at < tonumber(ARGV[3]) then redis.call('HDEL', KEYS[1], notes[i]) end
  end
  return redis.call('PEXPIRE', KEYS[1], ARGV[4])
`,
  { isIdempotent: true },
);

/** Notes what the gatekeeper of a node says, and forgets nodes that fell silent long ago. @throws AppError `unavailable` */
export async function saveNote(site: string, { node, atMs, load, isUp }: NodeNote): Promise<void> {
  const note = `${atMs}|${load.toFixed(2)}|${isUp ? 1 : 0}`;
  await NOTE([keys.siteNodes(site)], [node, note, atMs - 5 * NOTE_IS_OLD_MS, TTL_MS.siteNodes]);
}
