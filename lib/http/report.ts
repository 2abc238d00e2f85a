import "server-only";
import type { AppError } from "#lib/errors.ts";
import type { log } from "#lib/log.ts";
import { whereThrown } from "#lib/where-thrown.ts";

export type Report = typeof log;

/** Logs what an operator has to know. Callers' mistakes are not logged. */
export function reportError(report: Report, error: AppError, where: { route: string; method: string }): void {
  if (error.status < 500) return;
  const cause = error.cause ?? error;
  report(error.code === "internal" ? "error" : "warn", `request.${error.code}`, {
    ...where,
    error: cause instanceof Error ? cause.name : typeof cause,
    // Where it was thrown, without its message: Redis and parsers quote their input, which may be a secret.
    thrownAt: cause instanceof Error ? whereThrown(cause) : undefined,
  });
}

/** The address without its parameters: `/api/rooms/[code]/entry`. A code opens a meeting, so logs must not contain it. */
export function routeOf(url: string, params: Record<string, string | string[] | undefined>): string {
  const names = new Map(
    Object.entries(params).flatMap(([name, value]) => [value ?? []].flat().map((one) => [one, `[${name}]`])),
  );
  return new URL(url).pathname
    .split("/")
    .map((part) => names.get(decode(part)) ?? part)
    .join("/");
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
