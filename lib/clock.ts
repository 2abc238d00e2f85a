/** Returns the time in milliseconds since the Unix epoch. Rules take the time as a number; only services hold a clock. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/**
 * By how much the clocks of app, media server and gatekeeper may differ, in seconds, before a token or a webhook is refused.
 * LiveKit itself allows a minute. We promise 45 s: a token may be some seconds old when it is used.
 */
export const CLOCK_TOLERANCE_SECONDS = 60;

/** From this difference on the operator is notified, in milliseconds: before anything is refused. */
export const CLOCKS_APART_MS = 30_000;
