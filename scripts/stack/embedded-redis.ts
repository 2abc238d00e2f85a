import { createHash } from "node:crypto";
import IoRedisMock from "ioredis-mock";
import type { Command, Outcome, RedisBehind } from "../redis-rest-bridge.ts";
import { scriptForStandIn } from "./embedded-lua.ts";
import { flat, toOutcome } from "./tcp-redis.ts";

/**
 * A stand-in for redis-server in this process, for trying Veet out only: it loses everything on exit and is not what production runs
 * on. Veet's tests never use it.
 */
export function embedRedis(): RedisBehind {
  const redis: unknown = new IoRedisMock();
  const scripts = new Map<string, string>();

  /** Scripts are stored here, because the stand-in would know them by the hash of their adapted text. */
  const runScript = async (name: string, args: string[]): Promise<unknown> => {
    const [text = "", ...rest] = args;
    if (name === "eval") scripts.set(createHash("sha1").update(text).digest("hex"), text);
    const script = name === "eval" ? text : scripts.get(text);
    if (script === undefined) throw new Error("NOSCRIPT No matching script. Please use EVAL.");
    const answer: unknown = await Reflect.apply(Reflect.get(Object(redis), "eval"), redis, [
      scriptForStandIn(script),
      ...rest,
    ]);
    return JSON.parse(String(answer));
  };

  const run = async ([name, ...args]: Command): Promise<unknown> => {
    if (/^eval(sha)?(_ro)?$/i.test(name)) return runScript(name.toLowerCase().replace("_ro", ""), args);
    const method: unknown = Reflect.get(Object(redis), name.toLowerCase());
    if (typeof method !== "function") throw new Error(`ERR unknown command '${name}' in the embedded Redis`);
    return flat(await Reflect.apply(method, redis, withShoutedOptions(name, args)));
  };
  const inOrder = async (commands: Command[]): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (const command of commands) outcomes.push(...(await Promise.allSettled([run(command)])).map(toOutcome));
    return outcomes;
  };
  return { run, pipeline: inOrder, transaction: inOrder };
}

const OPTION = /^(nx|xx|gt|lt|ch|incr|ex|px|exat|pxat|keepttl|get|persist|withscores|rev|byscore|bylex|limit)$/i;
/** The index of a command's first option; earlier arguments are never changed. */
const OPTIONS_FROM: Record<string, number> = { set: 2, getex: 1, expire: 2, pexpire: 2, zrange: 3 };

/** The stand-in understands upper-case options only, and the client sends lower case. */
function withShoutedOptions(name: string, args: string[]): string[] {
  const command = name.toLowerCase();
  const shout = (word: string) => (OPTION.test(word) ? word.toUpperCase() : word);
  if (command === "zadd") {
    const firstScore = args.findIndex((word, index) => index > 0 && !OPTION.test(word));
    return args.map((word, index) => (index > 0 && index < firstScore ? shout(word) : word));
  }
  const from = OPTIONS_FROM[command] ?? Infinity;
  return args.map((word, index) => (index >= from ? shout(word) : word));
}
