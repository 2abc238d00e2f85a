import { expect, test } from "vitest";
import { MOST_MESSAGE_BYTES, WAITING, allowanceInside, spend } from "./allowance.ts";

const KB = 1024;

test.each([
  { tracks: 0, messageKb: 256 },
  { tracks: 20, messageKb: 256 },
  { tracks: 60, messageKb: 480 },
  { tracks: 200, messageKb: 1600 },
  { tracks: 5000, messageKb: 2048 },
])("[K10] in a meeting with $tracks tracks a message has at most $messageKb kB", ({ tracks, messageKb }) => {
  expect(allowanceInside(tracks).messageBytes).toBe(messageKb * KB);
});

test("[K10] a waiting guest may send less than any participant", () => {
  const inside = allowanceInside(0);
  expect(WAITING.messageBytes).toBeLessThan(inside.messageBytes);
  expect(WAITING.burstBytes).toBeLessThan(inside.burstBytes);
  expect(WAITING.bytesPerSecond).toBeLessThan(inside.bytesPerSecond);
  expect(allowanceInside(100_000).messageBytes).toBe(MOST_MESSAGE_BYTES);
});

const ALLOWANCE = { messageBytes: 1_000, bytesPerSecond: 1_000, burstBytes: 4_000 };

/** How many frames of this size pass, sent at this interval for a minute. */
function passing(frameBytes: number, everyMs: number): number {
  let spent = { bytes: 0, atMs: 0 };
  for (let sent = 0; sent < 60_000 / everyMs; sent += 1) {
    const next = spend(spent, frameBytes, ALLOWANCE, sent * everyMs);
    if (!next) return sent;
    spent = next;
  }
  return Infinity;
}

test.each([
  { what: "at the rate", frameBytes: 936, everyMs: 1_000, passes: Infinity },
  { what: "a burst", frameBytes: 936, everyMs: 0.001, passes: 4 },
  { what: "twice the rate", frameBytes: 1_936, everyMs: 1_000, passes: 3 },
  { what: "empty frames at a rate that costs more than allowed", frameBytes: 0, everyMs: 10, passes: 73 },
])("[K10] $what: $passes frames pass", ({ frameBytes, everyMs, passes }) => {
  expect(passing(frameBytes, everyMs)).toBe(passes);
});

test("[K10] a clock that is set back grants nothing extra", () => {
  expect(spend({ bytes: 3_900, atMs: 10_000 }, 500, ALLOWANCE, 0)).toBeUndefined();
});
