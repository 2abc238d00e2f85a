/**
 * What a transport's packet counter did lately. Times in ms by the browser's monotonic clock.
 *
 * `steadySamples`: how many samples in a row showed growth. `longestGapMs`: the longest recent gap between packets.
 */
export type TrafficSample = {
  packets: number;
  grewAtMs: number;
  sampledAtMs: number;
  steadySamples: number;
  longestGapMs: number;
};

/** No packets for this long, in ms, where traffic is expected: stalled. Healthy calls never paused longer than 0.35 s. */
export const STALLED_MS = 2_300;
/** Between two samples, in ms. Together with STALLED_MS it shows the banner within 3 s. */
export const SAMPLE_MS = 300;
/** After so many samples in a row with growth, traffic is expected. Alone, or with all muted, there is none. */
const STEADY_SAMPLES = 5;
/** After so many samples in a row, the transport's usual gap is known. */
const GAP_KNOWN_SAMPLES = 10;
/** After this time, in ms, a past gap counts half. */
const HALF_LIFE_MS = 10_000;
/**
 * Suspect: no packets for this many times the longest gap, and for this long in ms at least. With three browsers and four servers on
 * two cores, healthy transports paused for up to 0.7 s.
 */
const SUSPECT = { times: 5, atLeastMs: 1_000 };
/** Earlier than that, sampling more often is worth its cost. */
const HESITANT = { times: 3, atLeastMs: 500 };
/** Growth this far apart, in ms, is still steady: a participant who only sends receives about three reports a second. */
const STEADY_WITHIN_MS = 1_000;
/** Samples further apart than this, in ms, were delayed by a suspended or throttled tab and prove nothing about the network. */
export const SUSPENDED_MS = 1_600;

export function firstSample(packets: number, nowMs: number): TrafficSample {
  return { packets, grewAtMs: nowMs, sampledAtMs: nowMs, steadySamples: 0, longestGapMs: 0 };
}

/** @param lastAtMs - When the last packet arrived, where the browser reports it. */
export function nextSample(before: TrafficSample, packets: number, nowMs: number, lastAtMs?: number): TrafficSample {
  if (packets < before.packets) return firstSample(packets, nowMs);
  // Samples are missing: it is unknown when packets arrived, but traffic is still expected.
  if (nowMs - before.sampledAtMs > SUSPENDED_MS) {
    const { steadySamples, longestGapMs } = before;
    return { ...firstSample(packets, nowMs), steadySamples, longestGapMs };
  }
  if (packets === before.packets) return { ...before, sampledAtMs: nowMs };
  const isSteady = nowMs - before.grewAtMs <= STEADY_WITHIN_MS;
  const steadySamples = isSteady ? before.steadySamples + 1 : 1;
  if (lastAtMs === undefined)
    return { packets, grewAtMs: nowMs, sampledAtMs: nowMs, steadySamples, longestGapMs: Infinity };
  const grewAtMs = Math.min(nowMs, Math.max(before.sampledAtMs, lastAtMs));
  const fadedMs = before.longestGapMs * 0.5 ** ((nowMs - before.sampledAtMs) / HALF_LIFE_MS);
  return { packets, grewAtMs, sampledAtMs: nowMs, steadySamples, longestGapMs: Math.max(nowMs - grewAtMs, fadedMs) };
}

/**
 * Starts counting again, because traffic may stop for a good reason: a participant muted, left, or hid the page.
 * Not during a gap, or a click during an outage would hide the outage.
 */
export function restartCount(sample: TrafficSample, nowMs: number): TrafficSample {
  return nowMs - sample.grewAtMs <= 2 * SAMPLE_MS ? firstSample(sample.packets, nowMs) : sample;
}

/** How long no packet arrived where traffic is expected, in milliseconds; 0 where none is. */
export function noPacketsForMs(sample: TrafficSample, nowMs: number): number {
  return sample.steadySamples >= STEADY_SAMPLES ? nowMs - sample.grewAtMs : 0;
}

export function isStalled(sample: TrafficSample, nowMs: number): boolean {
  return noPacketsForMs(sample, nowMs) >= STALLED_MS;
}

/** Whether dense traffic has stopped: no proof, but enough to move to a leg on which traffic continues. */
export function isSuspect(sample: TrafficSample, nowMs: number): boolean {
  return hasGap(sample, nowMs, SUSPECT);
}

/** Whether it is worth sampling again soon. */
export function isHesitant(sample: TrafficSample, nowMs: number): boolean {
  return hasGap(sample, nowMs, HESITANT);
}

function hasGap(sample: TrafficSample, nowMs: number, { times, atLeastMs }: typeof SUSPECT): boolean {
  return (
    sample.steadySamples >= GAP_KNOWN_SAMPLES &&
    nowMs - sample.grewAtMs >= Math.max(atLeastMs, times * sample.longestGapMs)
  );
}
