import type { Session } from "./seat.ts";

/** Hosts are notified this long before their meeting ends, in milliseconds: time to say goodbye, or to ask the operator. */
export const WARN_MS = 10 * 60_000;
const MINUTE_MS = 60_000;

type Timed = Pick<Session, "endsAtMs"> | undefined;

/** Whether the meeting has reached its length limit. */
export function isOverTime(session: Timed, nowMs: number): boolean {
  return session?.endsAtMs !== undefined && session.endsAtMs <= nowMs;
}

/** Minutes until the length limit, rounded up; undefined until the warning is due. */
export function minutesLeft(session: Timed, nowMs: number): number | undefined {
  if (session?.endsAtMs === undefined) return undefined;
  const leftMs = session.endsAtMs - nowMs;
  return leftMs > WARN_MS ? undefined : Math.max(0, Math.ceil(leftMs / MINUTE_MS));
}
