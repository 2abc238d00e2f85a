import type { WaitingGuest } from "#lib/lobby/lobby-schema.ts";
import type { Texts } from "#components/texts/texts.ts";

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
export function knockText(t: Texts, knocked: readonly Knocked[], waitingCount: number): string {
  const [first, second] = knocked;
  if (first === undefined) return "";
  const one = t(first.isLikeHost ? "lobby.knock.oneLikeHost" : "lobby.knock.one", { name: first.name });
  if (waitingCount === 1) return one;
  if (knocked.length === 1) return `${one} ${t("lobby.knock.alsoWaiting", { count: waitingCount })}`;
  if (knocked.length === 2 && second && waitingCount === 2)
    return t("lobby.knock.two", { first: first.name, second: second.name });
  return t("lobby.knock.many", { count: waitingCount });
}
