import type { WaitingGuest } from "#lib/lobby/lobby-schema.ts";

/** Between two chimes, in milliseconds: a class that arrives at once rings once. */
export const CHIME_PAUSE_MS = 10_000;

/** The guests who were not in the list before, so the host has not been notified of them. */
export function newKnocks(seen: ReadonlySet<string>, guests: readonly WaitingGuest[]): readonly WaitingGuest[] {
  return guests.filter((guest) => !seen.has(guest.ticketId));
}

/** Whether a knock may be heard now. Times by any clock that does not jump. */
export function mayChime(lastChimeAtMs: number | undefined, nowMs: number): boolean {
  return lastChimeAtMs === undefined || nowMs - lastChimeAtMs >= CHIME_PAUSE_MS;
}

/** While more than this wait, knocks are said as seldom as they ring: a flood would drown out everything else. */
const CROWD = 10;

/** Whether a knock may be said and notified now. */
export function mayAnnounce(lastAnnouncedAtMs: number | undefined, nowMs: number, waitingCount: number): boolean {
  return waitingCount <= CROWD || mayChime(lastAnnouncedAtMs, nowMs);
}

type Knocked = Pick<WaitingGuest, "name" | "isLikeHost">;

/** What is said and notified when people knock: by name for one and two, by number for more. */
export function knockText(knocked: readonly Knocked[], waitingCount: number): string {
  const [first, second] = knocked;
  if (first === undefined) return "";
  const one = `${first.name} asks to join.${first.isLikeHost ? " The name looks like a host’s." : ""}`;
  if (waitingCount === 1) return one;
  if (knocked.length === 1) return `${one} ${waitingCount} people are waiting.`;
  if (knocked.length === 2 && second && waitingCount === 2) return `${first.name} and ${second.name} ask to join.`;
  return `${waitingCount} people are waiting to join.`;
}
