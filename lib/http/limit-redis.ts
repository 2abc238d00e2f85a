import "server-only";
import { createHash } from "node:crypto";
import type { Redis } from "@upstash/redis";
import { defineScript, type ScriptAnswer } from "#lib/redis/script.ts";

type Script = ReturnType<typeof defineScript>;
/** What @upstash/ratelimit calls with the options we use. */
type Evaluator = {
  evalsha: (sha1: string, keys: string[], args: unknown[]) => Promise<ScriptAnswer>;
  eval: (lua: string, keys: string[], args: unknown[]) => Promise<ScriptAnswer>;
};

/**
 * The first line of the library's scripts: a flag that only Upstash supports. A plain Redis rejects the script because of it.
 */
const SHEBANG = /^#!lua[^\n]*\n/;

/** The commands of scripts that look at a limit without counting: a replica can run those. */
const READS = new Set(["GET", "HGET", "HMGET", "HGETALL", "PTTL"]);

const scripts = new Map<string, Script>();

const evaluator: Evaluator = {
  evalsha(sha1, keys, args) {
    const script = scripts.get(sha1);
    // The library then sends the script's text.
    return script ? script(keys, args.map(String)) : Promise.reject(new Error("NOSCRIPT"));
  },
  eval(lua, keys, args) {
    // An interrupted count is not repeated: it may have been counted.
    const options = isReadOnly(lua) ? { isReadOnly: true as const } : { isIdempotent: false };
    const script = defineScript(lua.replace(SHEBANG, ""), options);
    scripts.set(createHash("sha1").update(lua).digest("hex"), script);
    return script(keys, args.map(String));
  },
};

function isReadOnly(lua: string): boolean {
  return [...lua.matchAll(/redis\.call\(\s*"(\w+)"/g)].every(([, command = ""]) => READS.has(command.toUpperCase()));
}

/** Redis for the rate limiter: the same scripts on Upstash and on a laptop, with our timeouts and our errors. */
// The library's type requires the whole client; it calls these two methods.
export const redisForLimits = evaluator as unknown as Redis;
