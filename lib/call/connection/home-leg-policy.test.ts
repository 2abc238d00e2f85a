import { expect, test } from "vitest";
import { type LegStats, chooseHomeLeg } from "./home-leg-policy.ts";

const NOW = 100_000;
const stats = (leg: string, more: Partial<LegStats> = {}): LegStats => ({
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
/** Lost `ago` ms ago, last received something `received` ms ago. */
const lost = (link: LegStats["link"], ago: number, received: number, noPacketsForMs = received): Partial<LegStats> => ({
  link,
  lostAtMs: NOW - ago,
  lastReceivedAtMs: NOW - received,
  noPacketsForMs,
});
const up = (received: number, noPacketsForMs = 0): Partial<LegStats> => ({
  lastReceivedAtMs: NOW - received,
  noPacketsForMs,
});

test.each<[string, Partial<LegStats>, Partial<LegStats>, string | undefined]>([
  ["all is well", up(0), up(0), undefined],
  ["the server was killed: signalling and media stop together", lost("signal-lost", 200, 210), up(100), "b"],
  ["the same, and the other leg has only keepalives", lost("signal-lost", 200, 210), up(2_500), "b"],
  ["only signalling is lost", lost("signal-lost", 200, 40), up(0), undefined],
  ["signalling is lost for long, and media flows", lost("signal-lost", 4_000, 40), up(0), undefined],
  [
    "it is lost, everyone is muted, and the quick resume may still work",
    lost("signal-lost", 900, 900, 0),
    up(0),
    undefined,
  ],
  ["it is lost, everyone is muted, and the quick resume failed", lost("signal-lost", 1_000, 900, 0), up(0), "b"],
  ["the SDK rebuilds the connection", lost("media-lost", 1_000, 1_100), up(0), "b"],
  ["the SDK gave up", lost("gone", 9_000, 9_000), up(0), "b"],
  ["it never connected", { link: "gone", lostAtMs: 0, lastReceivedAtMs: 0 }, up(0), "b"],
  ["it is still connecting", { link: "connecting", lastReceivedAtMs: 0 }, up(0), undefined],
  ["the server froze: no packets, while the other leg receives some", up(2_300, 2_300), up(100), "b"],
  [
    "the server froze: dense traffic stopped, while the other leg receives some",
    { ...up(1_050, 1_050), isSuspect: true },
    up(20),
    "b",
  ],
  [
    "traffic stopped on both",
    { ...up(1_050, 1_050), isSuspect: true },
    { ...up(1_030, 1_030), isSuspect: true },
    undefined,
  ],
  ["the other leg's last packet may be older", { ...up(1_050, 1_050), isSuspect: true }, up(700), undefined],
  ["the gap is short, and traffic was never dense", up(2_200, 2_200), up(100), undefined],
  ["a gap is expected: no one sends", up(9_000, 0), up(100), undefined],
  ["not even a keepalive, and no one sends", { ...up(3_500), noKeepaliveForMs: 3_500 }, up(100), "b"],
  [
    "no keepalive on both",
    { ...up(3_500), noKeepaliveForMs: 3_500 },
    { ...up(3_300), noKeepaliveForMs: 3_300 },
    undefined,
  ],
  ["the own network is gone: both stopped", up(2_500, 2_500), up(2_300, 2_300), undefined],
  ["the own network is gone, and the other leg had only keepalives", up(2_500, 2_500), up(2_150), undefined],
  [
    "the own network is gone, and the home leg's signalling notices first",
    lost("signal-lost", 300, 12_000),
    up(12_100),
    undefined,
  ],
  [
    "the own network is gone, and the SDK rebuilds the connection",
    lost("media-lost", 2_000, 14_000),
    up(14_000),
    undefined,
  ],
  ["both servers died", lost("signal-lost", 300, 310), lost("signal-lost", 290, 300), undefined],
  ["the other leg has stopped, too", lost("gone", 300, 310), up(400, 2_300), undefined],
])("[N35] chooses the home leg: %s", (_, home, other, expected) => {
  expect(chooseHomeLeg("a", [stats("a", home), stats("b", other)], true, NOW)).toBe(expected);
});

test("[N35] stays while the browser reports to be offline", () => {
  expect(chooseHomeLeg("a", [stats("a", lost("gone", 1, 1)), stats("b")], false, NOW)).toBeUndefined();
});

test("[N35] takes the nearest of several legs that work", () => {
  const legs = [
    stats("a", lost("gone", 1, 1)),
    stats("b", { roundTripMs: 80 }),
    stats("c", { roundTripMs: 9 }),
    stats("d"),
  ];
  expect(chooseHomeLeg("a", legs, true, NOW)).toBe("c");
  expect(chooseHomeLeg(undefined, legs, true, NOW)).toBeUndefined();
});
