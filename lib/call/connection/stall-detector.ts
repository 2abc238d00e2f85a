/** What a transport's packet counter did lately. Times by the browser's clock; `restMs` is the longest it rested of late. */
export type Pulse = { packets: number; grewAtMs: number; sampledAtMs: number; beats: number; restMs: number };

/** Somebody whose transport delivers nothing for this long is cut off. Healthy calls never paused longer than 0.35 s. */
export const SILENCE_MS = 2_300;
/** Between two looks at the counter: with SILENCE_MS it keeps the banner under 3 s. */
export const SAMPLE_MS = 300;
/** Growth in this many looks running shows that traffic is expected here at all: alone with all muted there is none. */
const STEADY_BEATS = 5;
/** So many looks running tell how long a transport rests between packets. */
const KNOWN_BEATS = 10;
/** After this time in ms a rest counts half as long as it was. */
const HALF_LIFE_MS = 10_000;
/**
 * Silent for this much longer than it ever rests, and for this long in ms at least: on a machine with three browsers and four servers
 * on two cores healthy transports paused for up to 0.7 s.
 */
const HUSHED = { times: 5, atLeastMs: 1_000 };
/** From here on, which is earlier, it is worth looking more often. */
const UNEASY = { times: 3, atLeastMs: 500 };
/** Growth this far apart, in ms, is steady still: whoever only sends hears reports of it, some three a second. */
const STEADY_WITHIN_MS = 1_000;
/** Looks further apart than this were delayed by a sleeping laptop or a throttled tab, and say nothing of the network. */
export const BLIND_MS = 1_600;

export function firstBeat(packets: number, nowMs: number): Pulse {
  return { packets, grewAtMs: nowMs, sampledAtMs: nowMs, beats: 0, restMs: 0 };
}

/** Gives the pulse after another look at the counter. @param lastAtMs - When the last packet came, where the browser tells. */
export function nextBeat(before: Pulse, packets: number, nowMs: number, lastAtMs?: number): Pulse {
  if (packets < before.packets) return firstBeat(packets, nowMs);
  // Nobody looked: what came meanwhile is not known, but that something is expected is.
  if (nowMs - before.sampledAtMs > BLIND_MS)
    return { ...firstBeat(packets, nowMs), beats: before.beats, restMs: before.restMs };
  if (packets === before.packets) return { ...before, sampledAtMs: nowMs };
  const isSteady = nowMs - before.grewAtMs <= STEADY_WITHIN_MS;
  const beats = isSteady ? before.beats + 1 : 1;
  if (lastAtMs === undefined) return { packets, grewAtMs: nowMs, sampledAtMs: nowMs, beats, restMs: Infinity };
  const grewAtMs = Math.min(nowMs, Math.max(before.sampledAtMs, lastAtMs));
  const fadedMs = before.restMs * 0.5 ** ((nowMs - before.sampledAtMs) / HALF_LIFE_MS);
  return { packets, grewAtMs, sampledAtMs: nowMs, beats, restMs: Math.max(nowMs - grewAtMs, fadedMs) };
}

/**
 * Starts counting anew because the traffic may stop for a good reason: somebody muted, left, or hid the page.
 * Not in the middle of a pause, or one's own click during an outage would hide the outage.
 */
export function recount(pulse: Pulse, nowMs: number): Pulse {
  return nowMs - pulse.grewAtMs <= 2 * SAMPLE_MS ? firstBeat(pulse.packets, nowMs) : pulse;
}

/** For how long nothing came where traffic is expected, in milliseconds; 0 where none is. */
export function noPacketsForMs(pulse: Pulse, nowMs: number): number {
  return pulse.beats >= STEADY_BEATS ? nowMs - pulse.grewAtMs : 0;
}

export function isSilent(pulse: Pulse, nowMs: number): boolean {
  return noPacketsForMs(pulse, nowMs) >= SILENCE_MS;
}

/** Whether a transport with dense traffic has stopped: no proof, but where another goes on it is the one to leave. */
export function isSuspect(pulse: Pulse, nowMs: number): boolean {
  return isQuietFor(pulse, nowMs, HUSHED);
}

/** Whether it is worth looking again soon. */
export function isUneasy(pulse: Pulse, nowMs: number): boolean {
  return isQuietFor(pulse, nowMs, UNEASY);
}

function isQuietFor(pulse: Pulse, nowMs: number, { times, atLeastMs }: typeof HUSHED): boolean {
  return pulse.beats >= KNOWN_BEATS && nowMs - pulse.grewAtMs >= Math.max(atLeastMs, times * pulse.restMs);
}
