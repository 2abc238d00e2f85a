import "server-only";
import { createHash } from "node:crypto";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { traceStep } from "#lib/trace.ts";
import { redis, withinMs } from "./client.ts";
import { repeatWithinMs } from "./repeat-limit.ts";

/** What our scripts answer: a status, or flat lists of strings, or lists of those. */
export type ScriptAnswer = string | number | null | ScriptAnswer[];

/**
 * Gives a function that runs the Lua on the server, atomically.
 *
 * @param options.isIdempotent - Running it twice is the same as once, so a run that was cut is repeated once.
 * @throws AppError `unavailable` when Redis does not answer in time. Whether the script ran is then unknown.
 */
export function defineScript(lua: string, options: { isIdempotent: boolean }) {
  const sha1 = createHash("sha1").update(lua).digest("hex");

  const once = async (keys: string[], args: string[]): Promise<ScriptAnswer> => {
    try {
      return await redis().evalsha<string[], ScriptAnswer>(sha1, keys, args);
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return redis().eval<string[], ScriptAnswer>(lua, keys, args);
    }
  };

  const run = async (keys: string[], texts: string[]): Promise<ScriptAnswer> => {
    const startedAtMs = performance.now();
    try {
      return await once(keys, texts);
    } catch (error) {
      if (isScriptError(error)) throw error;
      if (!options.isIdempotent) throw unavailable(error);
      const ms = repeatWithinMs(env().REDIS_TIMEOUT_MS, performance.now() - startedAtMs);
      return withinMs(ms, () => once(keys, texts)).catch((second: unknown) => {
        throw unavailable(second);
      });
    }
  };

  return (keys: string[], args: readonly (string | number)[]): Promise<ScriptAnswer> =>
    traceStep("redis", () => run(keys, args.map(String)));
}

/** @returns the promise, with whatever Redis or the network throws turned into `unavailable`. */
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

/** The Lua itself failed: a bug of ours, which no repeat mends. */
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

/** @returns a list of texts; empty for whatever is no list. */
export function toTexts(answer: ScriptAnswer | undefined): string[] {
  return Array.isArray(answer) ? answer.map(String) : [];
}
