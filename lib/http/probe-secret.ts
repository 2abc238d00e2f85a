import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

/** Not `Authorization`, which CloudFront uses for its own signature. infra/probe.ts sends it. */
export const PROBE_HEADER = "x-veet-probe-secret";

/** @throws AppError `not_found` without the schedule's secret, and where none is configured. */
export function requireProbeSecret(headers: Headers): void {
  const { PROBE_SECRET } = env();
  const given = headers.get(PROBE_HEADER);
  if (PROBE_SECRET === undefined || given === null || !isSame(given, PROBE_SECRET)) throw new AppError("not_found");
}

/** Hashes have one length, so the comparison reveals nothing about the secret's. */
function isSame(left: string, right: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}
