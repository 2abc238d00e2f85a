import type { Room } from "livekit-client";
import type { ReceiveSample } from "./sender-stall.ts";
import {
  SAMPLE_MS,
  SUSPENDED_MS,
  type TrafficSample,
  firstSample,
  isHesitant,
  isStalled,
  isSuspect,
  nextSample,
  noPacketsForMs,
  restartCount,
} from "./stall-detector.ts";

/** While something is wrong, samples are taken this often, and for so long, in milliseconds. */
const FAST_MS = 50;
const FAST_FOR_MS = 1_500;

/** What the samples of a room's transports show. All values are as of the last sample: a suspended tab took none. */
export type TransportMonitor = {
  /** Traffic may now stop for a good reason. */
  restartCount: () => void;
  /** Samples more often for a while: signalling is lost, and whether media is lost decides what to do. */
  sampleFast: () => void;
  isStalled: () => boolean;
  isSuspect: () => boolean;
  noPacketsForMs: () => number;
  lastReceivedAtMs: () => number;
  noKeepaliveForMs: () => number;
  stop: () => void;
};

export type TransportEvents = {
  sampled: (sample: ReceiveSample) => void;
  /** It stopped for longer than it usually pauses: all legs should be sampled now, so that they can be compared. */
  suspected: () => void;
};

/** Samples a room's transports until stopped. */
export function monitorTransport(room: Room, events: TransportEvents): TransportMonitor {
  let traffic: TrafficSample | undefined;
  let counts = { packets: 0, received: 0 };
  let areKeepalivesCounted = false;
  let sampledAtMs = 0;
  let lastReceivedAtMs = performance.now();
  let isSampling = false;
  let isStopped = false;
  let wasHesitant = false;

  const record = (next: Counts, nowMs: number) => {
    // A suspended tab missed samples. Do not read the gap as a dead server.
    if (nowMs - sampledAtMs > SUSPENDED_MS) lastReceivedAtMs = nowMs;
    sampledAtMs = nowMs;
    const lastAtMs = next.ageMs === undefined ? undefined : nowMs - next.ageMs;
    traffic = traffic ? nextSample(traffic, next.packets, nowMs, lastAtMs) : firstSample(next.packets, nowMs);
    // A lower count than before is the first of a new transport.
    if (next.received !== counts.received && next.received > 0)
      lastReceivedAtMs = next.packets !== counts.packets ? traffic.grewAtMs : nowMs;
    counts = next;
    areKeepalivesCounted ||= next.received > next.packets;
    return traffic;
  };
  const sample = async () => {
    if (isSampling) return;
    isSampling = true;
    const next = await readCounts(room).catch(() => undefined);
    isSampling = false;
    if (next === undefined || isStopped) return;
    const nowMs = performance.now();
    const hesitates = isHesitant(record(next, nowMs), nowMs);
    if (hesitates && !wasHesitant) events.suspected();
    wasHesitant = hesitates;
    events.sampled({ atMs: nowMs, lastReceivedAtMs, packets: next.tracks });
  };
  const sampler = createSampler(() => void sample());
  const restart = () => void (traffic &&= restartCount(traffic, performance.now()));
  document.addEventListener("visibilitychange", restart);
  return {
    restartCount: restart,
    sampleFast: sampler.fast,
    isStalled: () => traffic !== undefined && isStalled(traffic, traffic.sampledAtMs),
    isSuspect: () => traffic !== undefined && isSuspect(traffic, traffic.sampledAtMs),
    noPacketsForMs: () => (traffic ? noPacketsForMs(traffic, traffic.sampledAtMs) : 0),
    lastReceivedAtMs: () => lastReceivedAtMs,
    noKeepaliveForMs: () => (areKeepalivesCounted ? Math.max(0, sampledAtMs - lastReceivedAtMs) : 0),
    stop() {
      isStopped = true;
      sampler.stop();
      document.removeEventListener("visibilitychange", restart);
    },
  };
}

/** Calls `sample` at its usual pace, and faster for a while after `fast`. */
function createSampler(sample: () => void): { fast: () => void; stop: () => void } {
  const timer = setInterval(sample, SAMPLE_MS);
  let fastTimer: ReturnType<typeof setInterval> | undefined;
  let fastUntilMs = 0;
  return {
    fast() {
      fastUntilMs = performance.now() + FAST_FOR_MS;
      fastTimer ??= setInterval(() => {
        if (performance.now() < fastUntilMs) return sample();
        clearInterval(fastTimer);
        fastTimer = undefined;
      }, FAST_MS);
      sample();
    },
    stop() {
      clearInterval(timer);
      clearInterval(fastTimer);
    },
  };
}

/**
 * Of all transports together: `packets` received, `received` the same plus keepalives, `ageMs` the age of the last packet, and the
 * packets of each track by its id.
 */
type Counts = { packets: number; received: number; ageMs: number | undefined; tracks: Map<string, number> };

/** @returns undefined while the room has no transports. */
async function readCounts(room: Room): Promise<Counts | undefined> {
  // After disconnecting `engine` is undefined, whatever its type says. `pcManager` is public but not documented.
  const transports = (room.engine as Room["engine"] | undefined)?.pcManager;
  if (!transports) return undefined;
  const reports = await Promise.all([transports.publisher.getStats(), transports.subscriber?.getStats()]);
  let [packets, keepalives] = [0, 0];
  const ages: number[] = [];
  const tracks = new Map<string, number>();
  for (const report of reports) {
    report?.forEach((entry: Record<string, unknown>) => {
      if (entry["type"] === "inbound-rtp")
        tracks.set(String(entry["trackIdentifier"]), Number(entry["packetsReceived"] ?? 0));
      if (entry["type"] === "transport") packets += Number(entry["packetsReceived"] ?? entry["bytesReceived"] ?? 0);
      if (entry["type"] !== "candidate-pair") return;
      keepalives += Number(entry["requestsReceived"] ?? 0) + Number(entry["responsesReceived"] ?? 0);
      // Both by the browser's statistics clock, which need not be `performance.now`.
      const ageMs = Number(entry["timestamp"]) - Number(entry["lastPacketReceivedTimestamp"] ?? NaN);
      if (!Number.isNaN(ageMs)) ages.push(ageMs);
    });
  }
  return { packets, received: packets + keepalives, ageMs: ages.length > 0 ? Math.min(...ages) : undefined, tracks };
}
