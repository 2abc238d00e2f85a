import "server-only";
import { createHash } from "node:crypto";
import { AppError } from "#lib/errors.ts";
import { redisEnv } from "#lib/shared-env.ts";
import { traceStep } from "#lib/trace.ts";
import { redis, withinMs } from "./client.ts";
import { KEYS_LUA, LUA_KEYS, isRoomPrefix } from "./keys.ts";
import { repeatWithinMs } from "./repeat-limit.ts";
import { raisingRevision, readingRevision } from "./revision-lua.ts";
import { noteRevision, replicaFrom } from "#lib/revisions.ts";

/** What our scripts answer: a status, or flat lists of strings, or lists of those. */
export type ScriptAnswer = string | number | null | ScriptAnswer[];

type ScriptOptions =
  /** Running it twice is the same as once, so an interrupted run is repeated once. */
  | { isIdempotent: boolean; isReadOnly?: false }
  /** It calls no command that writes. A replica can run it, in a request that only reads; see `revisions.ts`. */
  | { isReadOnly: true };

/**
 * Returns a function that runs the Lua on the server, atomically. A script whose first key is a room's prefix also raises, or
 * reads, the room's revision.
 *
 * @throws AppError `unavailable` when Redis does not answer in time. Whether the script ran is then unknown.
 */
export function defineScript(lua: string, options: ScriptOptions) {
  const isReadOnly = options.isReadOnly === true;
  const isIdempotent = options.isReadOnly === true || options.isIdempotent;
  const unknown = [...lua.matchAll(/\bK\.(\w+)/g)].find(([, name = ""]) => !(name in LUA_KEYS));
  if (unknown) throw new Error(`${unknown[0]} is not in lib/redis/keys.ts`);
  const [plain, ofRoom] = [textOf(lua), textOf(isReadOnly ? readingRevision(lua) : raisingRevision(lua))];

  const withRepeat = async (
    once: () => Promise<ScriptAnswer>,
    again: () => Promise<ScriptAnswer>,
  ): Promise<ScriptAnswer> => {
    const startedAtMs = performance.now();
    try {
      return await once();
    } catch (error) {
      if (isScriptError(error)) throw error;
      if (!isIdempotent) throw unavailable(error);
      const ms = repeatWithinMs(redisEnv().REDIS_TIMEOUT_MS, performance.now() - startedAtMs);
      return withinMs(ms, again).catch((second: unknown) => {
        throw unavailable(second);
      });
    }
  };

  const ask = async (keys: string[], args: string[]): Promise<ScriptAnswer> => {
    const isOfRoom = isRoomPrefix(keys[0]);
    const script = isOfRoom ? ofRoom : plain;
    const from = isReadOnly ? replicaFrom() : undefined;
    const primary = () => onPrimary(script, keys, args);
    const nearest = async () => {
      const near = await onReplica(script, keys, args);
      // Data outside of rooms has no revision, and nothing announces it.
      return !isOfRoom || revisionOf(near) >= (from ?? Infinity) ? near : primary();
    };
    const answer = await withRepeat(from === undefined ? primary : nearest, primary);
    if (!isOfRoom) return answer;
    noteRevision(revisionOf(answer));
    return Array.isArray(answer) ? (answer[1] ?? null) : null;
  };

  return (keys: string[], args: readonly (string | number)[]): Promise<ScriptAnswer> =>
    traceStep("redis", () => ask(keys, args.map(String)));
}

type Text = { lua: string; sha1: string };

function textOf(body: string): Text {
  const lua = KEYS_LUA + body;
  return { lua, sha1: createHash("sha1").update(lua).digest("hex") };
}

async function onPrimary({ lua, sha1 }: Text, keys: string[], args: string[]): Promise<ScriptAnswer> {
  try {
    return await redis().evalsha<string[], ScriptAnswer>(sha1, keys, args);
  } catch (error) {
    if (!isUnknownScript(error)) throw error;
    return redis().eval<string[], ScriptAnswer>(lua, keys, args);
  }
}

async function onReplica({ lua, sha1 }: Text, keys: string[], args: string[]): Promise<ScriptAnswer> {
  try {
    return await redis().evalshaRo<string[], ScriptAnswer>(sha1, keys, args);
  } catch (error) {
    if (!isUnknownScript(error)) throw error;
    return redis().evalRo<string[], ScriptAnswer>(lua, keys, args);
  }
}

function revisionOf(answer: ScriptAnswer): number {
  return Array.isArray(answer) ? Number(answer[0] ?? -1) : -1;
}

/** @returns the promise, with all errors of Redis or the network turned into `unavailable`. */
export function orUnavailable<T>(command: Promise<T>): Promise<T> {
  return traceStep("redis", () =>
    command.catch((error: unknown) => {
      throw unavailable(error);
    }),
  );
}

function unavailable(cause: unknown): AppError {
  return new AppError("unavailable", { retryAfterSeconds: 2 }, { cause });
}

function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.message.includes("NOSCRIPT");
}

/** The Lua itself failed: a bug of ours, which a repeat does not fix. */
function isScriptError(error: unknown): boolean {
  return error instanceof Error && /user_script|Error running script|Error compiling script/i.test(error.message);
}

/** @returns the pairs of a flat `HGETALL` as a record; empty for a missing hash. */
export function toRecord(flat: ScriptAnswer | undefined): Record<string, string> {
  const record: Record<string, string> = {};
  if (!Array.isArray(flat)) return record;
  for (let i = 0; i + 1 < flat.length; i += 2) record[String(flat[i])] = String(flat[i + 1]);
  return record;
}

/** @returns a list of texts; empty for anything that is not a list. */
export function toTexts(answer: ScriptAnswer | undefined): string[] {
  return Array.isArray(answer) ? answer.map(String) : [];
}
