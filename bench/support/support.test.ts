import { expect, test } from "vitest";
import { largestShare, sumOf } from "./node-figures.ts";
import { longestGap, longestPause } from "./pauses.ts";
import { summarize } from "./summary.ts";

test.each([
  [[3, 1, 2], { value: 2, min: 1, max: 3 }],
  [[4, 1, 2, 3], { value: 3, min: 1, max: 4 }],
  [[7.4], { value: 7, min: 7, max: 7 }],
])("of %j the median, minimum and maximum are kept", (values, expected) => {
  expect(summarize(values, "ms")).toEqual({ ...expected, unit: "ms", runs: values.length });
});

test("commands are kept to a tenth", () => {
  expect(summarize([1.04, 1.26], "commands")).toMatchObject({ value: 1.2, min: 1, max: 1.3 });
});

test("without runs there is no figure", () => {
  expect(() => summarize([], "ms")).toThrow("Nothing was measured");
});

test.each([
  ["a freeze caused by the fault", [900, 1000, 1050, 2000, 2100], { seenAgainAfterMs: 1000, longestMs: 950 }],
  ["one that began just before", [900, 1900, 2000], { seenAgainAfterMs: 900, longestMs: 1000 }],
  ["no real freeze", [910, 1010, 1110, 1210], { seenAgainAfterMs: 10, longestMs: 100 }],
  ["one that was over before", [100, 910, 1010, 1110], { seenAgainAfterMs: 10, longestMs: 100 }],
  ["a video that never came back", [900, 990], undefined],
])("pauses: %s", (_, frames, expected) => {
  expect(longestPause(frames, 1000)).toEqual(expected);
});

test.each([
  [[100, 200, 450, 500], 250],
  [[100], 0],
  [[], 0],
])("the longest time between frames at %j", (frames, gap) => {
  expect(longestGap(frames)).toBe(gap);
});

const FIGURES = `# TYPE livekit_packet_total counter
livekit_packet_total{direction="incoming",node_id="ND_1"} 7
livekit_packet_total{direction="outgoing",node_id="ND_1",type="a"} 3
livekit_packet_total{direction="outgoing",node_id="ND_1",type="b"} 1.5e+01
livekit_packet_bytes{direction="outgoing",node_id="ND_1"} 900
`;

test.each([
  ["livekit_packet_total", { direction: "outgoing" }, 18],
  ["livekit_packet_total", {}, 25],
  ["livekit_room_total", {}, 0],
])("%s %j in a server's metrics", (name, labels, sum) => {
  expect(sumOf(FIGURES, name, labels)).toBe(sum);
});

test("the largest share, in percent", () => {
  expect(largestShare([3, 1])).toBe(75);
});
