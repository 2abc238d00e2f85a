import { expect, test } from "vitest";
import {
  SAMPLE_MS,
  firstSample,
  isSuspect,
  isStalled,
  isHesitant,
  nextSample,
  restartCount,
} from "./stall-detector.ts";

/** `p` a sample with new packets, `.` one without, `z` one that came late, `m` a mute in between. */
function isStalledAfter(samples: string): boolean {
  let [nowMs, packets] = [0, 0];
  let traffic = firstSample(packets, nowMs);
  for (const sample of samples) {
    if (sample === "m") {
      traffic = restartCount(traffic, nowMs);
      continue;
    }
    nowMs += sample === "z" ? 5_000 : SAMPLE_MS;
    if (sample === "p") packets += 50;
    traffic = nextSample(traffic, packets, nowMs);
  }
  return isStalled(traffic, nowMs);
}

test.each([
  ["traffic", "pppppppp", false],
  ["a gap under 2.3 s", "pppppppp.......", false],
  ["2.3 s without a packet", "pppppppp........", true],
  ["packets again", "pppppppp........p", false],
  ["no traffic from the start", "...............", false],
  ["only reports on what is sent", "p..p..p..p..p..p........", true],
  ["packets are rare", "p...p...p...p...p.......", false],
  ["a suspended laptop", "ppppppppz", false],
  ["a late sample during an outage", "pppppppp..z........", true],
  ["everyone muted, reported by the server", "ppppppppm..........", false],
  ["a click of one's own during an outage", "pppppppp....m....", true],
])("[N31] a transport counts as stalled only where traffic is expected: %s", (_, samples, expected) => {
  expect(isStalledAfter(samples)).toBe(expected);
});

/** Samples a transport. @param gapMs - How old the last packet was each time; undefined where browsers do not tell. */
function gap(samples: number, gapMs: number | undefined, noPacketsForMs: number) {
  let traffic = firstSample(0, 0);
  for (let sample = 1; sample <= samples; sample += 1) {
    const nowMs = sample * SAMPLE_MS;
    traffic = nextSample(traffic, sample, nowMs, gapMs === undefined ? undefined : nowMs - gapMs);
  }
  const thenMs = traffic.grewAtMs + noPacketsForMs;
  return [isHesitant(traffic, thenMs), isSuspect(traffic, thenMs)];
}

test.each<[string, number, number | undefined, number, boolean, boolean]>([
  ["dense traffic, a short gap", 20, 20, 450, false, false],
  ["dense traffic, a longer gap", 20, 20, 950, true, false],
  ["dense traffic has stopped", 20, 20, 1_000, true, true],
  ["sparse traffic, a gap", 20, 280, 1_350, true, false],
  ["sparse traffic has stopped", 20, 280, 1_400, true, true],
  ["too few samples to know", 8, 20, 1_500, false, false],
  ["a browser that does not report when packets arrived", 20, undefined, 9_000, false, false],
])(
  "[N35] a transport is suspect when it stops for much longer than its usual gap: %s",
  (_, samples, rest, quiet, hesitant, suspect) => {
    expect(gap(samples, rest, quiet)).toEqual([hesitant, suspect]);
  },
);

test("[N35] a long gap is remembered for a while", () => {
  let traffic = firstSample(0, 0);
  const sample = (ageMs: number) => {
    const nowMs = traffic.sampledAtMs + SAMPLE_MS;
    traffic = nextSample(traffic, traffic.packets + 1, nowMs, nowMs - ageMs);
  };
  for (let count = 0; count < 12; count += 1) sample(20);
  sample(280);
  expect(isSuspect(traffic, traffic.grewAtMs + 1_200)).toBe(false);
  for (let count = 0; count < 33; count += 1) sample(20);
  expect(isSuspect(traffic, traffic.grewAtMs + 1_200)).toBe(true);
});
