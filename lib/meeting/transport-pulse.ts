import type { Room } from "livekit-client";
import { type Pulse, SAMPLE_MS, firstBeat, isSilent, nextBeat, recount } from "./silence.ts";

export type TransportWatch = {
  /** Traffic may stop for a good reason now. */
  recount: () => void;
  stop: () => void;
};

/** Looks at a room's transports and tells when they fall silent and when packets flow again. */
export function watchTransport(room: Room, tell: (isSilent: boolean) => void): TransportWatch {
  let pulse: Pulse | undefined;
  let wasSilent = false;
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    const packets = await countPackets(room).catch(() => undefined);
    isLooking = false;
    if (packets === undefined) return;
    const nowMs = performance.now();
    pulse = pulse ? nextBeat(pulse, packets, nowMs) : firstBeat(packets, nowMs);
    const silent = isSilent(pulse, nowMs);
    if (silent === wasSilent) return;
    wasSilent = silent;
    tell(silent);
  };
  const timer = setInterval(() => void look(), SAMPLE_MS);
  const onVisibility = () => void (pulse &&= recount(pulse, performance.now()));
  document.addEventListener("visibilitychange", onVisibility);
  return {
    recount: onVisibility,
    stop() {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisibility);
    },
  };
}

/** Packets that came in on all transports of the room; undefined while it has none. */
async function countPackets(room: Room): Promise<number | undefined> {
  // `engine` is gone after disconnecting, whatever its type says.
  const transports = (room.engine as Room["engine"] | undefined)?.pcManager;
  if (!transports) return undefined;
  const reports = await Promise.all([transports.publisher.getStats(), transports.subscriber?.getStats()]);
  let packets = 0;
  for (const report of reports) {
    report?.forEach((entry: Record<string, unknown>) => {
      if (entry["type"] === "transport") packets += Number(entry["packetsReceived"] ?? entry["bytesReceived"] ?? 0);
    });
  }
  return packets;
}
