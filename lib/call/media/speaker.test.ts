import { expect, test } from "vitest";
import type { DeviceChoice, DeviceNews } from "./devices.ts";
import { type SpeakerEvent, createSpeaker, newSpeakerState, speakerInUse, stepSpeaker } from "./speaker.ts";

const speaker = (deviceId: string): DeviceChoice => ({ deviceId, label: deviceId });
const [A, B] = [speaker("a"), speaker("b")];
const listed = (...present: DeviceChoice[]): SpeakerEvent => ({ type: "listed", present });
const failed = (deviceId: string): SpeakerEvent => ({ type: "failed", deviceId, why: "missing" });

test.each<[string, DeviceChoice | undefined, SpeakerEvent[], string, string | undefined]>([
  ["the system's, when none was chosen", undefined, [listed(A, B)], "", undefined],
  ["the saved one before the browser names any", B, [], "b", undefined],
  ["the saved one", B, [listed(A, B)], "b", undefined],
  ["the system's, when the saved one is not connected", B, [listed(A)], "", "not-there"],
  ["the same, reported once", B, [listed(A), listed(A)], "", undefined],
  ["the system's once it is unplugged", B, [listed(A, B), listed(A)], "", "replaced"],
  ["the system's once the only one is unplugged", B, [listed(B), listed()], "", "replaced"],
  ["itself once it is back", B, [listed(A, B), listed(A), listed(A, B)], "b", "picked-up"],
  ["the system's, when the browser cannot play on the saved one", B, [failed("b")], "", "not-there"],
  ["the same, reported once for all voices", B, [failed("b"), failed("b")], "", undefined],
  ["the saved one, when another one fails", B, [listed(A, B), failed("a")], "b", undefined],
  [
    "the saved one again, once it is reconnected",
    B,
    [listed(A, B), failed("b"), listed(A), listed(A, B)],
    "b",
    "picked-up",
  ],
  ["a newly chosen one", undefined, [listed(A, B), { type: "choose", choice: A }], "a", undefined],
])("[N121] the meeting plays on %s", (_, chosen, events, expected, news) => {
  let state = newSpeakerState(chosen);
  let said: DeviceNews | undefined;
  for (const event of events) ({ state, news: said } = stepSpeaker(state, event));
  expect(speakerInUse(state).deviceId).toBe(expected);
  expect(said?.type).toBe(news);
});

test("[N122] does not switch to a speaker on which the browser cannot play, and reports it", async () => {
  const said: DeviceNews[] = [];
  const remembered: DeviceChoice[] = [];
  const tryOn = async (deviceId: string) => {
    if (deviceId === "b") throw Object.assign(new Error(), { name: "NotFoundError" });
  };
  const events = { chosen: (one: DeviceChoice) => remembered.push(one), news: (one: DeviceNews) => said.push(one) };
  const one = createSpeaker(undefined, events, tryOn);
  await one.choose(A);
  await one.choose(B);
  expect(one.deviceId.getSnapshot()).toBe("a");
  expect(remembered).toEqual([A]);
  expect(said).toMatchObject([{ type: "switch-failed", wanted: B, why: "missing", used: A }]);
});
