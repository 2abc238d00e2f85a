import "server-only";
import { AppError } from "#lib/errors.ts";

/** Redis or a media server did not answer: most such gaps end within this time. */
const RETRY_AFTER_SECONDS = 2;

/** An API answer: never cached, since it depends on the caller. */
export function respond(content: unknown, status: number, headers: Headers): Response {
  headers.set("cache-control", "no-store, private");
  return Response.json(content, { status, headers });
}

/** The answer for an error that the caller can act on. */
export function respondError(error: AppError, headers: Headers): Response {
  const { code, message, status } = error;
  const facts = status === 503 ? { retryAfterSeconds: RETRY_AFTER_SECONDS, ...error.facts } : error.facts;
  if (facts.retryAfterSeconds !== undefined) headers.set("retry-after", String(facts.retryAfterSeconds));
  const hasFacts = Object.keys(facts).length > 0;
  return respond({ error: { code, message, ...(hasFacts ? { facts } : {}) } }, status, headers);
}

/**
 * Turns whatever was thrown into one of our errors.
 *
 * An exceeded time limit is `unavailable`: the caller can try again. Everything unexpected is `internal`.
 */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof Error && thrown.name === "TimeoutError")
    return new AppError("unavailable", {}, { cause: thrown });
  return new AppError("internal", {}, { cause: thrown });
}
