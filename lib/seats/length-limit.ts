import type { Session } from "./seat.ts";

/** Hosts are told this long before their meeting ends, in milliseconds: time to say goodbye, or to ask the operator. */
export const WARN_MS = 10 * 60_000;
const MINUTE_MS = 60_000;

type Timed = Pick<Session, "endsAtMs"> | undefined;

/** Whether the meeting has lasted as long as it may. */
export function isOverTime(session: Timed, nowMs: number): boolean {
  return session?.endsAtMs !== undefined && session.endsAtMs <= nowMs;
}

/** Minutes until the meeting ends by its limit, rounded up; undefined while that is not soon. */
export function minutesLeft(session: Timed, nowMs: number): number | undefined {
  if (session?.endsAtMs === undefined) return undefined;
  const leftMs = session.endsAtMs - nowMs;
  return leftMs > WARN_MS ? undefined : Math.max(0, Math.ceil(leftMs / MINUTE_MS));
}
