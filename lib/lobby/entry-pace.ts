import { between, jitter } from "#lib/live/poll.ts";

/** What the pace of a waiting guest's questions depends on. Server times in ms. */
export type WaitingPace = {
  isPushConnected: boolean;
  isHostPresent: boolean;
  /** The last question failed. */
  isStale: boolean;
  /** The server said to wait this long. */
  retryAfterMs: number | undefined;
  expiresAtMs: number;
  serverNowMs: number;
};

/** The verdict is pushed; this is for the one that got lost. */
const PUSHED_MS = 10_000;
/** Nobody can decide yet: no hurry, and no connection to a media server for it either. */
const NO_HOST_MS = 4_000;
const [BLIND_FROM_MS, BLIND_TO_MS] = [1_500, 4_000];
/** The moment after the countdown in which the server knows for sure that the request has lapsed. */
const AFTER_EXPIRY_MS = 300;

/** How long to wait before the next question, in milliseconds. */
export function nextQuestionMs(pace: WaitingPace, random: () => number): number {
  if (pace.retryAfterMs !== undefined) return jitter(pace.retryAfterMs * 1.2, 0.15, random);
  const usual = usualMs(pace, random);
  const untilExpiryMs = pace.expiresAtMs + AFTER_EXPIRY_MS - pace.serverNowMs;
  return untilExpiryMs > 0 ? Math.min(usual, untilExpiryMs) : usual;
}

function usualMs({ isPushConnected, isHostPresent, isStale }: WaitingPace, random: () => number): number {
  if (isStale) return between(BLIND_FROM_MS, BLIND_TO_MS, random);
  if (isPushConnected) return jitter(PUSHED_MS, 0.2, random);
  if (!isHostPresent) return jitter(NO_HOST_MS, 0.2, random);
  return between(BLIND_FROM_MS, BLIND_TO_MS, random);
}
