import "server-only";
import type { z } from "zod";
import { AppError, ERRORS } from "#lib/errors.ts";
import { readBounded } from "#lib/read-bounded.ts";

/** The longest chat message is 8 kB of UTF-8; nothing we expect is longer than this. */
export const MAX_BODY_BYTES = 16 * 1024;

/** A request we cannot read. Names the field, never its value: answers end up in logs and screenshots. */
export class UnreadableInput extends AppError {
  override readonly message: string;

  constructor(where: string, cause?: unknown) {
    super("bad_request", {}, { cause });
    // A path may contain a name that the caller chose.
    this.message = `${ERRORS.bad_request.message} See: ${where.replaceAll(/[^\w. -]/g, "?").slice(0, 80)}.`;
  }
}

/** @throws AppError `bad_request` that names the first field which does not fit. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UnreadableInput([what, ...(parsed.error.issues[0]?.path ?? [])].map(String).join("."));
}

/** @throws AppError `bad_request` for a repeated name: which one counts must not depend on the reader. */
export function readQuery(url: string): Record<string, string> {
  const entries = [...new URL(url).searchParams];
  const names = new Set(entries.map(([name]) => name));
  if (names.size < entries.length) throw new UnreadableInput("query");
  return Object.fromEntries(entries);
}

/**
 * Reads a JSON body.
 *
 * @throws AppError `not_json` for any other content type: a form on another site cannot send JSON.
 * @throws AppError `body_too_large`
 * @throws AppError `bad_request`
 */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new AppError("not_json");
  const bytes = await readBytes(request);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return JSON.parse(text, refusePrototype) as unknown;
  } catch (cause) {
    throw new UnreadableInput("body", cause);
  }
}

/**
 * Reads a body of at most MAX_BODY_BYTES.
 *
 * @throws AppError `body_too_large`
 * @throws AppError `bad_request` when the body breaks off.
 */
export async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readBounded(request, MAX_BODY_BYTES);
  } catch (cause) {
    // The user closed the page while sending: no one reads this answer, and nothing of ours is broken.
    throw cause instanceof AppError ? cause : new UnreadableInput("body", cause);
  }
}

function refusePrototype(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new SyntaxError("__proto__ is no field");
  return value;
}
