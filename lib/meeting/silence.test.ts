import { expect, test } from "vitest";
import { SAMPLE_MS, firstBeat, isSilent, nextBeat, recount } from "./silence.ts";

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
