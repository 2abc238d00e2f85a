import { expect, test } from "vitest";
import { SAMPLE_MS, firstBeat, isSuspect, isSilent, isUneasy, nextBeat, recount } from "./stall-detector.ts";

/** `p` a look that found new packets, `.` one that found none, `z` one that came late, `m` a mute in between. */
function listen(looks: string): boolean {
  let [nowMs, packets] = [0, 0];
  let pulse = firstBeat(packets, nowMs);
  for (const look of looks) {
    if (look === "m") {
      pulse = recount(pulse, nowMs);
      continue;
    }
    nowMs += look === "z" ? 5_000 : SAMPLE_MS;
    if (look === "p") packets += 50;
    pulse = nextBeat(pulse, packets, nowMs);
  }
  return isSilent(pulse, nowMs);
}

test.each([
  ["traffic", "pppppppp", false],
  ["a pause under 2.3 s", "pppppppp.......", false],
  ["2.3 s without a packet", "pppppppp........", true],
  ["packets again", "pppppppp........p", false],
  ["where there never was traffic", "...............", false],
  ["where only reports come, of what I send", "p..p..p..p..p..p........", true],
  ["where packets are rare", "p...p...p...p...p.......", false],
  ["a laptop that slept", "ppppppppz", false],
  ["a busy machine that looked late during an outage", "pppppppp..z........", true],
  ["everybody muted, told by the server", "ppppppppm..........", false],
  ["my own click during an outage", "pppppppp....m....", true],
])("[N31] silence on the transport is a loss only where traffic is expected: %s", (_, looks, expected) => {
  expect(listen(looks)).toBe(expected);
});

/** Looks at a transport. @param restMs - How old the last packet was each time; undefined where browsers do not tell. */
function hush(looks: number, restMs: number | undefined, noPacketsForMs: number) {
  let pulse = firstBeat(0, 0);
  for (let look = 1; look <= looks; look += 1) {
    const nowMs = look * SAMPLE_MS;
    pulse = nextBeat(pulse, look, nowMs, restMs === undefined ? undefined : nowMs - restMs);
  }
  const thenMs = pulse.grewAtMs + noPacketsForMs;
  return [isUneasy(pulse, thenMs), isSuspect(pulse, thenMs)];
}

test.each<[string, number, number | undefined, number, boolean, boolean]>([
  ["dense traffic, a moment", 20, 20, 450, false, false],
  ["dense traffic, a longer one", 20, 20, 950, true, false],
  ["dense traffic has stopped", 20, 20, 1_000, true, true],
  ["sparse traffic, a while", 20, 280, 1_350, true, false],
  ["sparse traffic has stopped", 20, 280, 1_400, true, true],
  ["too little seen to know", 8, 20, 1_500, false, false],
  ["a browser that does not tell when packets came", 20, undefined, 9_000, false, false],
])(
  "[N35] a transport that stopped is one that never rests for so long: %s",
  (_, looks, rest, quiet, uneasy, hushed) => {
    expect(hush(looks, rest, quiet)).toEqual([uneasy, hushed]);
  },
);

test("[N35] a rest is remembered for a while", () => {
  let pulse = firstBeat(0, 0);
  const look = (ageMs: number) => {
    const nowMs = pulse.sampledAtMs + SAMPLE_MS;
    pulse = nextBeat(pulse, pulse.packets + 1, nowMs, nowMs - ageMs);
  };
  for (let count = 0; count < 12; count += 1) look(20);
  look(280);
  expect(isSuspect(pulse, pulse.grewAtMs + 1_200)).toBe(false);
  for (let count = 0; count < 33; count += 1) look(20);
  expect(isSuspect(pulse, pulse.grewAtMs + 1_200)).toBe(true);
});
