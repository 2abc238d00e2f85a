import { expect, test } from "vitest";
import { type Delivery, type Sender, findCutOff, nextDeliveries } from "./sender-stall.ts";

const ADA = { identity: "ada", tracks: ["voice", "face"] };
const BEN = { identity: "ben", tracks: ["other"] };

/** Samples every 300 ms from 0 on; each track's packets grow until the time given. @returns who is cut off at each sample */
function watch(
  stopsAtMs: Record<string, number>,
  { lastSampleAtMs = 9_000, serverUntilMs = Infinity, gapFromMs = -1 } = {},
) {
  const senders: Sender[] = [ADA, BEN];
  let deliveries: ReadonlyMap<string, Delivery> = new Map();
  let sampledAtMs = 0;
  const seen: { atMs: number; cutOff: string[] }[] = [];
  for (let atMs = 0; atMs <= lastSampleAtMs; atMs += 300) {
    if (gapFromMs >= 0 && atMs > gapFromMs && atMs < gapFromMs + 3_000) continue;
    const packets = new Map(Object.entries(stopsAtMs).map(([id, stopMs]) => [id, Math.min(atMs, stopMs)]));
    const sample = { atMs, lastReceivedAtMs: Math.min(atMs, serverUntilMs), packets };
    deliveries = nextDeliveries(deliveries, senders, sample, sampledAtMs);
    sampledAtMs = atMs;
    seen.push({ atMs, cutOff: findCutOff(deliveries, senders, sample) });
  }
  return seen;
}
const firstOf = (seen: ReturnType<typeof watch>, who: string) => seen.find(({ cutOff }) => cutOff.includes(who))?.atMs;
const ALL = { voice: Infinity, face: Infinity, other: Infinity };

test("[N100] reports only the participant whose tracks all stopped for 3 s", () => {
  const seen = watch({ ...ALL, voice: 1_500, face: 1_500 });
  expect(firstOf(seen, "ada")).toBe(4_500);
  expect(firstOf(seen, "ben")).toBeUndefined();
});

test("[N100] does not report a participant whose voice still arrives", () => {
  expect(firstOf(watch({ ...ALL, face: 1_500 }), "ada")).toBeUndefined();
});

test("[N100] reports no one while the server is silent, too", () => {
  const all = { voice: 1_500, face: 1_500, other: 1_500 };
  expect(watch(all, { serverUntilMs: 1_800 }).every(({ cutOff }) => cutOff.length === 0)).toBe(true);
  expect(firstOf(watch(all), "ben")).toBe(4_500);
});

test("[N100] starts counting again after missed samples", () => {
  const seen = watch({ ...ALL, voice: 1_500, face: 1_500 }, { gapFromMs: 1_800 });
  expect(firstOf(seen, "ada")).toBe(4_800 + 3_000);
});

test("[N100] clears a participant as soon as packets arrive again", () => {
  const [sample, later] = [1_000, 9_000].map((atMs) => ({
    atMs,
    lastReceivedAtMs: atMs,
    packets: new Map([["other", 5]]),
  }));
  const quiet = nextDeliveries(new Map(), [BEN], sample!, 1_000);
  const still = nextDeliveries(quiet, [BEN], later!, 8_900);
  expect(findCutOff(still, [BEN], later!)).toEqual(["ben"]);
  const again = { ...later!, packets: new Map([["other", 6]]) };
  expect(findCutOff(nextDeliveries(still, [BEN], again, 8_900), [BEN], again)).toEqual([]);
});

test("[N100] expects a track again from the moment it is unmuted or resumed", () => {
  const at = (atMs: number) => ({ atMs, lastReceivedAtMs: atMs, packets: new Map([["other", 5]]) });
  const known = nextDeliveries(new Map(), [BEN], at(0), 0);
  const muted = nextDeliveries(known, [{ ...BEN, tracks: [] }], at(9_000), 8_900);
  expect(findCutOff(muted, [{ ...BEN, tracks: [] }], at(9_000))).toEqual([]);
  const unmuted = nextDeliveries(muted, [BEN], at(10_000), 9_900);
  expect(findCutOff(unmuted, [BEN], at(10_000))).toEqual([]);
});
