import { SAMPLE_MS, SILENCE_MS } from "./stall-detector.ts";

/** How one leg's connection does. Times by this browser's clock, in milliseconds. */
export type LegStats = {
  leg: string;
  /** `signal-lost`: its signalling is away and the media may well flow. `media-lost`: both. `gone`: for good. */
  link: "connecting" | "up" | "signal-lost" | "media-lost" | "gone";
  /** When `link` was `up` last; undefined while it is. */
  lostAtMs: number | undefined;
  /** When anything came in over its transport last, be it only a sign of life. */
  lastReceivedAtMs: number;
  /** It has stopped although it never rests for so long: a reason to go only where another goes on. */
  isSuspect: boolean;
  /** For how long nothing came although traffic is expected; 0 where none is. */
  noPacketsForMs: number;
  /** For how long not even a sign of life came; 0 where the browser does not count them. */
  noKeepaliveForMs: number;
  roundTripMs: number | undefined;
};

/** With the signalling away, this long a pause of the media is the end of both: healthy calls never paused for longer. */
const BOTH_QUIET_MS = 200;
/** Signalling that is not back by then has failed its quick resume. */
const RESUME_MS = 1_000;
/** Signs of life come once a second or so, also where nobody sends anything: this many milliseconds without are the end. */
const DEAF_MS = 3_000;
/** A leg that says nothing else says at least this often that it lives, in milliseconds. */
export const KEEPALIVE_MS = 5_000;
/** Two legs are looked at one after the other: when they fell silent together their last words differ by less than this. */
const SAME_MOMENT_MS = SAMPLE_MS + 100;
/** A server that dies takes its signalling along; a network that dies leaves it hanging for many seconds. */
const TOGETHER_MS = 1_000;

/**
 * Says which leg to publish on instead of the home leg, because that one is dead and another is well.
 *
 * A browser that lost its own network has lost all legs alike: then nothing is decided, and nobody moves.
 *
 * @returns undefined to stay.
 */
export function chooseHomeLeg(
  homeLeg: string | undefined,
  pulses: readonly LegStats[],
  isOnline: boolean,
  nowMs: number,
): string | undefined {
  const home = pulses.find(({ leg }) => leg === homeLeg);
  if (!home || !isOnline || !isDead(home, nowMs)) return undefined;
  const [best] = pulses
    .filter((pulse) => pulse !== home && isWellBeside(pulse, home, nowMs))
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
        noPacketsForMs >= BOTH_QUIET_MS || (nowMs - lostAtMs >= RESUME_MS && nowMs - lastReceivedAtMs >= RESUME_MS / 2)
      );
    case "up":
      return isSuspect || noPacketsForMs >= SILENCE_MS || noKeepaliveForMs >= DEAF_MS;
    case "connecting":
      return false;
    default:
      return link satisfies never;
  }
}

/** The other leg's connection is up, and what it last said shows that it is not my own network that is away. */
function isWellBeside({ link, noPacketsForMs, lastReceivedAtMs }: LegStats, home: LegStats, nowMs: number): boolean {
  if (link !== "up" || noPacketsForMs >= SILENCE_MS) return false;
  if (lastReceivedAtMs - home.lastReceivedAtMs >= SAME_MOMENT_MS) return true;
  const diedAtOnce = home.lostAtMs !== undefined && home.lostAtMs - home.lastReceivedAtMs < TOGETHER_MS;
  return diedAtOnce && nowMs - lastReceivedAtMs < KEEPALIVE_MS;
}
