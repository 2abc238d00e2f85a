import { between, jitter } from "#lib/live/poll.ts";

/** What the polling interval of a waiting guest depends on. Server times in ms. */
export type WaitingPace = {
  isPushConnected: boolean;
  isHostPresent: boolean;
  /** The last request failed. */
  isStale: boolean;
  /** The server's Retry-After. */
  retryAfterMs: number | undefined;
  expiresAtMs: number;
  serverNowMs: number;
};

/** The verdict is pushed; polling covers a lost push. */
const PUSHED_MS = 10_000;
/** No host can decide yet, so the page polls slowly and does not connect to a media server. */
const NO_HOST_MS = 4_000;
const [BLIND_FROM_MS, BLIND_TO_MS] = [1_500, 4_000];
/** Margin after the countdown, so that the server has lapsed the request. */
const AFTER_EXPIRY_MS = 300;

/** Delay before the next request, in milliseconds. */
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
