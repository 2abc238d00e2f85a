import { expect, test } from "vitest";
import { type LegStats, chooseHomeLeg } from "./home-leg-policy.ts";

const NOW = 100_000;
const pulse = (leg: string, more: Partial<LegStats> = {}): LegStats => ({
  leg,
  link: "up",
  lostAtMs: undefined,
  lastReceivedAtMs: NOW,
  isSuspect: false,
  noPacketsForMs: 0,
  noKeepaliveForMs: 0,
  roundTripMs: undefined,
  ...more,
});
/** Lost `ago` ms ago, last heard `heard` ms ago. */
const lost = (link: LegStats["link"], ago: number, heard: number, noPacketsForMs = heard): Partial<LegStats> => ({
  link,
  lostAtMs: NOW - ago,
  lastReceivedAtMs: NOW - heard,
  noPacketsForMs,
});
const up = (heard: number, noPacketsForMs = 0): Partial<LegStats> => ({
  lastReceivedAtMs: NOW - heard,
  noPacketsForMs,
});

test.each<[string, Partial<LegStats>, Partial<LegStats>, string | undefined]>([
  ["all is well", up(0), up(0), undefined],
  ["the server was killed: signalling and media stop together", lost("signal-lost", 200, 210), up(100), "b"],
  ["the same, and the other leg has nothing but signs of life", lost("signal-lost", 200, 210), up(2_500), "b"],
  ["only the signalling is away", lost("signal-lost", 200, 40), up(0), undefined],
  ["the signalling is away for long, and the media flows", lost("signal-lost", 4_000, 40), up(0), undefined],
  [
    "it is away, everybody is muted, and the quick resume may still work",
    lost("signal-lost", 900, 900, 0),
    up(0),
    undefined,
  ],
  ["it is away, everybody is muted, and the quick resume failed", lost("signal-lost", 1_000, 900, 0), up(0), "b"],
  ["the SDK builds the connection anew", lost("media-lost", 1_000, 1_100), up(0), "b"],
  ["the SDK gave up", lost("gone", 9_000, 9_000), up(0), "b"],
  ["it never came to be", { link: "gone", lostAtMs: 0, lastReceivedAtMs: 0 }, up(0), "b"],
  ["it is still being connected", { link: "connecting", lastReceivedAtMs: 0 }, up(0), undefined],
  ["the server froze: silence, while the other leg is heard", up(2_300, 2_300), up(100), "b"],
  [
    "the server froze: dense traffic has stopped, while the other leg is heard",
    { ...up(1_050, 1_050), isSuspect: true },
    up(20),
    "b",
  ],
  [
    "traffic has stopped on both",
    { ...up(1_050, 1_050), isSuspect: true },
    { ...up(1_030, 1_030), isSuspect: true },
    undefined,
  ],
  ["the other leg's last word may be of before", { ...up(1_050, 1_050), isSuspect: true }, up(700), undefined],
  ["the silence is short, and traffic was never dense", up(2_200, 2_200), up(100), undefined],
  ["the silence is expected, nobody sends", up(9_000, 0), up(100), undefined],
  ["not even a sign of life, and nobody sends", { ...up(3_500), noKeepaliveForMs: 3_500 }, up(100), "b"],
  [
    "no sign of life on both",
    { ...up(3_500), noKeepaliveForMs: 3_500 },
    { ...up(3_300), noKeepaliveForMs: 3_300 },
    undefined,
  ],
  ["my network is gone: both fell silent", up(2_500, 2_500), up(2_300, 2_300), undefined],
  ["my network is gone, and the other leg had only signs of life", up(2_500, 2_500), up(2_150), undefined],
  [
    "my network is gone, and the home leg's signalling is the first to notice",
    lost("signal-lost", 300, 12_000),
    up(12_100),
    undefined,
  ],
  ["my network is gone, the SDK tries anew", lost("media-lost", 2_000, 14_000), up(14_000), undefined],
  ["both servers died", lost("signal-lost", 300, 310), lost("signal-lost", 290, 300), undefined],
  ["the other leg is silent, too", lost("gone", 300, 310), up(400, 2_300), undefined],
])("[N35] home: %s", (_, home, other, expected) => {
  expect(chooseHomeLeg("a", [pulse("a", home), pulse("b", other)], true, NOW)).toBe(expected);
});

test("[N35] a browser that knows itself offline stays", () => {
  expect(chooseHomeLeg("a", [pulse("a", lost("gone", 1, 1)), pulse("b")], false, NOW)).toBeUndefined();
});

test("[N35] of several well legs the nearest is taken", () => {
  const legs = [
    pulse("a", lost("gone", 1, 1)),
    pulse("b", { roundTripMs: 80 }),
    pulse("c", { roundTripMs: 9 }),
    pulse("d"),
  ];
  expect(chooseHomeLeg("a", legs, true, NOW)).toBe("c");
  expect(chooseHomeLeg(undefined, legs, true, NOW)).toBeUndefined();
});
