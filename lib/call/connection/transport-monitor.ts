import type { Room } from "livekit-client";
import type { Sample } from "./sender-stall.ts";
import {
  BLIND_MS,
  type Pulse,
  SAMPLE_MS,
  firstBeat,
  isSuspect,
  isSilent,
  isUneasy,
  nextBeat,
  noPacketsForMs,
  recount,
} from "./stall-detector.ts";

/** While something is wrong it is looked at this often, and for so long, in milliseconds. */
const HURRIED_MS = 50;
const HURRY_FOR_MS = 1_500;

export type TransportWatch = {
  /** Traffic may stop for a good reason now. */
  recount: () => void;
  /** Looks more often for a while: the signalling went, and whether the media did counts. */
  hurry: () => void;
  isSilent: () => boolean;
  /** It has stopped, though it never rests for so long. */
  isSuspect: () => boolean;
  /** For how long nothing came although traffic is expected. */
  noPacketsForMs: () => number;
  /** When anything came last, signs of life included. */
  lastReceivedAtMs: () => number;
  /** For how long nothing came, signs of life included; 0 where the browser does not count them. */
  noKeepaliveForMs: () => number;
  stop: () => void;
};

export type TransportEvents = {
  looked: (sample: Sample) => void;
  /** It has just stopped, for longer than is like it: whoever may have to decide should look at all transports now. */
  uneasy: () => void;
};

/** Looks at a room's transports again and again, and tells of each look. */
export function watchTransport(room: Room, hears: TransportEvents): TransportWatch {
  let pulse: Pulse | undefined;
  let [packets, signs] = [0, 0];
  let areSignsCounted = false;
  let lookedAtMs = 0;
  let lastReceivedAtMs = performance.now();
  let isLooking = false;
  let isStopped = false;
  let wasUneasy = false;
  let hurryUntilMs = 0;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    const counted = await count(room).catch(() => undefined);
    isLooking = false;
    if (counted === undefined || isStopped) return;
    const nowMs = performance.now();
    // A sleeping laptop hears nothing, and that is nobody's death.
    if (nowMs - lookedAtMs > BLIND_MS) lastReceivedAtMs = nowMs;
    lookedAtMs = nowMs;
    const lastAtMs = counted.ageMs === undefined ? undefined : nowMs - counted.ageMs;
    pulse = pulse ? nextBeat(pulse, counted.packets, nowMs, lastAtMs) : firstBeat(counted.packets, nowMs);
    // Fewer than before are the first of a new transport.
    if (counted.signs !== signs && counted.signs > 0)
      lastReceivedAtMs = counted.packets !== packets ? pulse.grewAtMs : nowMs;
    ({ packets, signs } = counted);
    areSignsCounted ||= signs > packets;
    const isUneasyNow = isUneasy(pulse, nowMs);
    if (isUneasyNow && !wasUneasy) hears.uneasy();
    wasUneasy = isUneasyNow;
    hears.looked({ atMs: nowMs, lastReceivedAtMs, packets: counted.tracks });
  };
  const timer = setInterval(() => void look(), SAMPLE_MS);
  let hurried: ReturnType<typeof setInterval> | undefined;
  const onVisibility = () => void (pulse &&= recount(pulse, performance.now()));
  document.addEventListener("visibilitychange", onVisibility);
  return {
    recount: onVisibility,
    hurry() {
      hurryUntilMs = performance.now() + HURRY_FOR_MS;
      hurried ??= setInterval(() => {
        if (performance.now() < hurryUntilMs) return void look();
        clearInterval(hurried);
        hurried = undefined;
      }, HURRIED_MS);
      void look();
    },
    // As of the last look: a laptop that slept has not been silent, it has not looked.
    isSilent: () => pulse !== undefined && isSilent(pulse, pulse.sampledAtMs),
    isSuspect: () => pulse !== undefined && isSuspect(pulse, pulse.sampledAtMs),
    noPacketsForMs: () => (pulse ? noPacketsForMs(pulse, pulse.sampledAtMs) : 0),
    lastReceivedAtMs: () => lastReceivedAtMs,
    noKeepaliveForMs: () => (areSignsCounted ? Math.max(0, lookedAtMs - lastReceivedAtMs) : 0),
    stop() {
      isStopped = true;
      clearInterval(timer);
      clearInterval(hurried);
      document.removeEventListener("visibilitychange", onVisibility);
    },
  };
}

/**
 * Of all transports together: the packets that came in, these and the signs of life, how old the last packet is, in ms, and the packets
 * of each track by its id.
 */
type Counted = { packets: number; signs: number; ageMs: number | undefined; tracks: Map<string, number> };

/** @returns undefined while the room has no transports. */
async function count(room: Room): Promise<Counted | undefined> {
  // `engine` is gone after disconnecting, whatever its type says.
  const transports = (room.engine as Room["engine"] | undefined)?.pcManager;
  if (!transports) return undefined;
  const reports = await Promise.all([transports.publisher.getStats(), transports.subscriber?.getStats()]);
  let [packets, answers] = [0, 0];
  const ages: number[] = [];
  const tracks = new Map<string, number>();
  for (const report of reports) {
    report?.forEach((entry: Record<string, unknown>) => {
      if (entry["type"] === "inbound-rtp")
        tracks.set(String(entry["trackIdentifier"]), Number(entry["packetsReceived"] ?? 0));
      if (entry["type"] === "transport") packets += Number(entry["packetsReceived"] ?? entry["bytesReceived"] ?? 0);
      if (entry["type"] !== "candidate-pair") return;
      answers += Number(entry["requestsReceived"] ?? 0) + Number(entry["responsesReceived"] ?? 0);
      // Both by the same clock, which need not be ours.
      const ageMs = Number(entry["timestamp"]) - Number(entry["lastPacketReceivedTimestamp"] ?? NaN);
      if (!Number.isNaN(ageMs)) ages.push(ageMs);
    });
  }
  return { packets, signs: packets + answers, ageMs: ages.length > 0 ? Math.min(...ages) : undefined, tracks };
}
