import "server-only";
import type { z } from "zod";
import type { RoomCode } from "#lib/ids.ts";
import { describeError, log } from "#lib/log.ts";
import { keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript, toTexts } from "#lib/redis/script.ts";
import { ABSENT_COHOSTS_LUA } from "./moderation-lua.ts";
import { AbsentCohost, Ban, LogEntry, type ModerationRecord } from "./moderation-schema.ts";

// ARGV: 1 now
const READ = defineScript(
  `${ABSENT_COHOSTS_LUA}
  local prefix = KEYS[1]
  local absent = {}
  for _, one in ipairs(absent_cohosts(prefix, tonumber(ARGV[1]))) do absent[#absent + 1] = { one.identity, one.name } end
  return { redis.call('HVALS', prefix .. K.bans), redis.call('LRANGE', prefix .. K.log, 0, -1), absent }
`,
  { isIdempotent: true },
);

/** Bans and log entries, newest first, and the co-hosts who left. @throws AppError `unavailable` */
export async function readRecord(code: RoomCode, nowMs: number): Promise<ModerationRecord> {
  const answer = await READ([keys.prefix(code)], [nowMs]);
  const [bans, lines, absent] = Array.isArray(answer) ? answer : [];
  return {
    bans: readable(Ban, toTexts(bans)).toSorted((a, b) => b.atMs - a.atMs),
    log: readable(LogEntry, toTexts(lines)),
    absentCohosts: (Array.isArray(absent) ? absent : []).flatMap(parseAbsent),
  };
}

function parseAbsent(row: ScriptAnswer): AbsentCohost[] {
  const [identity, name] = toTexts(row);
  const parsed = AbsentCohost.safeParse({ identity, name });
  return parsed.success ? [parsed.data] : [];
}

function readable<T>(schema: z.ZodType<T>, texts: readonly string[]): T[] {
  return texts.flatMap((text) => {
    try {
      return [schema.parse(JSON.parse(text))];
    } catch (error) {
      log("error", "moderation.unreadable", { error: describeError(error) });
      return [];
    }
  });
}
