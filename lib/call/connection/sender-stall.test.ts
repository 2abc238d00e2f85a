import { expect, test } from "vitest";
import { type Delivery, type Sender, findCutOff, nextDeliveries } from "./sender-stall.ts";

const ADA = { identity: "ada", tracks: ["voice", "face"] };
const BEN = { identity: "ben", tracks: ["other"] };

/** Looks every 300 ms from 0 on; each track's packets grow until the time given. @returns who is cut off at each look. */
function watch(
  stopsAtMs: Record<string, number>,
  { lastLookAtMs = 9_000, heardUntilMs = Infinity, gapFromMs = -1 } = {},
) {
  const senders: Sender[] = [ADA, BEN];
  let deliveries: ReadonlyMap<string, Delivery> = new Map();
  let lookedAtMs = 0;
  const seen: { atMs: number; cutOff: string[] }[] = [];
  for (let atMs = 0; atMs <= lastLookAtMs; atMs += 300) {
    if (gapFromMs >= 0 && atMs > gapFromMs && atMs < gapFromMs + 3_000) continue;
    const packets = new Map(Object.entries(stopsAtMs).map(([id, stopMs]) => [id, Math.min(atMs, stopMs)]));
    const sample = { atMs, lastReceivedAtMs: Math.min(atMs, heardUntilMs), packets };
    deliveries = nextDeliveries(deliveries, senders, sample, lookedAtMs);
    lookedAtMs = atMs;
    seen.push({ atMs, cutOff: findCutOff(deliveries, senders, sample) });
  }
  return seen;
}
const firstOf = (seen: ReturnType<typeof watch>, who: string) => seen.find(({ cutOff }) => cutOff.includes(who))?.atMs;
const ALL = { voice: Infinity, face: Infinity, other: Infinity };

test("[N100] a participant is cut off once nothing has come of any of their tracks for 3 s, and no one else is", () => {
  const seen = watch({ ...ALL, voice: 1_500, face: 1_500 });
  expect(firstOf(seen, "ada")).toBe(4_500);
  expect(firstOf(seen, "ben")).toBeUndefined();
});

test("[N100] a picture that stands still while the voice comes in is no loss", () => {
  expect(firstOf(watch({ ...ALL, face: 1_500 }), "ada")).toBeUndefined();
});

test("[N100] while the server gives no sign of life either, my own network is to blame", () => {
  const all = { voice: 1_500, face: 1_500, other: 1_500 };
  expect(watch(all, { heardUntilMs: 1_800 }).every(({ cutOff }) => cutOff.length === 0)).toBe(true);
  expect(firstOf(watch(all), "ben")).toBe(4_500);
});

test("[N100] after a pause in looking everyone has their time again", () => {
  const seen = watch({ ...ALL, voice: 1_500, face: 1_500 }, { gapFromMs: 1_800 });
  expect(firstOf(seen, "ada")).toBe(4_800 + 3_000);
});

test("[N100] a participant whose packets come again is back at once", () => {
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

test("[N100] a track that was muted or paused is expected from the moment on which it is not any more", () => {
  const at = (atMs: number) => ({ atMs, lastReceivedAtMs: atMs, packets: new Map([["other", 5]]) });
  const known = nextDeliveries(new Map(), [BEN], at(0), 0);
  const muted = nextDeliveries(known, [{ ...BEN, tracks: [] }], at(9_000), 8_900);
  expect(findCutOff(muted, [{ ...BEN, tracks: [] }], at(9_000))).toEqual([]);
  const unmuted = nextDeliveries(muted, [BEN], at(10_000), 9_900);
  expect(findCutOff(unmuted, [BEN], at(10_000))).toEqual([]);
});
