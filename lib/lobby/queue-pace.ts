import { between, jitter } from "#lib/live/poll.ts";
import type { LobbyQueue } from "#lib/lobby/lobby-schema.ts";

/** Nudges tell of every knock; this is only for the one that got lost. */
const PACE_MS = 15_000;
const [ANXIOUS_FROM_MS, ANXIOUS_TO_MS] = [2_000, 4_000];
/** After the moment in which a guest leaves the list, should nothing be heard of them. */
const AFTER_LEAVING_MS = 250;

/** How long a host waits before asking for the list again, in milliseconds. */
export function lobbyPaceMs(queue: LobbyQueue, isWell: boolean, random: () => number): number {
  if (!isWell) return between(ANXIOUS_FROM_MS, ANXIOUS_TO_MS, random);
  const untilLeavingMs = Math.min(...queue.guests.map(({ listedUntilMs = Infinity }) => listedUntilMs - queue.nowMs));
  return Math.min(jitter(PACE_MS, 0.2, random), Math.max(0, untilLeavingMs) + AFTER_LEAVING_MS);
}
