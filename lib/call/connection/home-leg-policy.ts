import { SAMPLE_MS, STALLED_MS } from "./stall-detector.ts";

/** How one leg's connection does. Times by this browser's monotonic clock (`performance.now`), in milliseconds. */
export type LegStats = {
  leg: string;
  /** `signal-lost`: signalling is gone, media may still flow. `media-lost`: both are gone. `gone`: the SDK gave up. */
  link: "connecting" | "up" | "signal-lost" | "media-lost" | "gone";
  /** When `link` was `up` last; undefined while it is. */
  lostAtMs: number | undefined;
  /** When anything arrived last, keepalives (STUN) included. */
  lastReceivedAtMs: number;
  /** It stopped for much longer than it ever pauses: reason enough to move to a leg that works, not to call it dead. */
  isSuspect: boolean;
  /** How long no packet arrived while traffic is expected; 0 where none is. */
  noPacketsForMs: number;
  /** How long not even a keepalive arrived; 0 where the browser does not count them. */
  noKeepaliveForMs: number;
  roundTripMs: number | undefined;
};

/** With signalling gone, media that pauses this long has died, too: in healthy calls no pause was longer. */
const BOTH_LOST_MS = 200;
/** Signalling that is not back by then has failed the SDK's quick resume. */
const RESUME_MS = 1_000;
/** Keepalives arrive about once a second even where no one sends media. */
const NO_KEEPALIVE_MS = 3_000;
/** An idle leg that works receives a keepalive at least this often, in milliseconds. */
export const KEEPALIVE_MS = 5_000;
/** Legs are sampled one after the other: if both stopped together, their last packets differ by less than this. */
const SAME_MOMENT_MS = SAMPLE_MS + 100;
/** A server that dies closes its signalling at once; a network that dies leaves it hanging for many seconds. */
const AT_ONCE_MS = 1_000;

/**
 * Chooses the leg to publish on instead of the home leg, when that one is dead and another one works.
 *
 * A browser that lost its own network has lost all legs alike: then it stays.
 *
 * @returns undefined to stay.
 */
export function chooseHomeLeg(
  homeLeg: string | undefined,
  legs: readonly LegStats[],
  isOnline: boolean,
  nowMs: number,
): string | undefined {
  const home = legs.find(({ leg }) => leg === homeLeg);
  if (!home || !isOnline || !isDead(home, nowMs)) return undefined;
  const [best] = legs
    .filter((leg) => leg !== home && worksWithout(leg, home, nowMs))
    .toSorted((left, right) => (left.roundTripMs ?? Infinity) - (right.roundTripMs ?? Infinity));
  return best?.leg;
}

function isDead(
  { link, lostAtMs = 0, lastReceivedAtMs, isSuspect, noPacketsForMs, noKeepaliveForMs }: LegStats,
  nowMs: number,
): boolean {
  switch (link) {
    case "gone":
    case "media-lost":
      return true;
    case "signal-lost":
      return (
        noPacketsForMs >= BOTH_LOST_MS || (nowMs - lostAtMs >= RESUME_MS && nowMs - lastReceivedAtMs >= RESUME_MS / 2)
      );
    case "up":
      return isSuspect || noPacketsForMs >= STALLED_MS || noKeepaliveForMs >= NO_KEEPALIVE_MS;
    case "connecting":
      return false;
    default:
      return link satisfies never;
  }
}

/** The other leg is up, and what it received last proves that this browser's own network is not to blame. */
function worksWithout({ link, noPacketsForMs, lastReceivedAtMs }: LegStats, home: LegStats, nowMs: number): boolean {
  if (link !== "up" || noPacketsForMs >= STALLED_MS) return false;
  if (lastReceivedAtMs - home.lastReceivedAtMs >= SAME_MOMENT_MS) return true;
  const diedAtOnce = home.lostAtMs !== undefined && home.lostAtMs - home.lastReceivedAtMs < AT_ONCE_MS;
  return diedAtOnce && nowMs - lastReceivedAtMs < KEEPALIVE_MS;
}
