import { expect, test } from "vitest";
import type { DeviceChoice, DeviceNews } from "./devices.ts";
import { type SpeakerEvent, newSpeakerState, speakerInUse, stepSpeaker } from "./speaker-state.ts";
import { createSpeaker } from "./speaker.ts";

const speaker = (deviceId: string): DeviceChoice => ({ deviceId, label: deviceId });
const [A, B] = [speaker("a"), speaker("b")];
const listed = (...present: DeviceChoice[]): SpeakerEvent => ({ type: "listed", present });
const failed = (deviceId: string): SpeakerEvent => ({ type: "failed", deviceId, why: "missing" });

test.each<[string, DeviceChoice | undefined, SpeakerEvent[], string, string | undefined]>([
  ["the system's, where none was chosen", undefined, [listed(A, B)], "", undefined],
  ["the remembered one before the browser names any", B, [], "b", undefined],
  ["the remembered one", B, [listed(A, B)], "b", undefined],
  ["the system's where that is not there", B, [listed(A)], "", "not-there"],
  ["that is said once", B, [listed(A), listed(A)], "", undefined],
  ["the system's once it is unplugged", B, [listed(A, B), listed(A)], "", "replaced"],
  ["the system's once the only one is unplugged", B, [listed(B), listed()], "", "replaced"],
  ["itself once it is back", B, [listed(A, B), listed(A), listed(A, B)], "b", "picked-up"],
  ["the system's where the browser does not play there", B, [failed("b")], "", "not-there"],
  ["said once, however many voices there are", B, [failed("b"), failed("b")], "", undefined],
  ["a failure of another one is old news", B, [listed(A, B), failed("a")], "b", undefined],
  ["plugged in again it is tried again", B, [listed(A, B), failed("b"), listed(A), listed(A, B)], "b", "picked-up"],
  ["one that is chosen", undefined, [listed(A, B), { type: "choose", choice: A }], "a", undefined],
])("[N121] the meeting sounds from %s", (_, chosen, events, expected, news) => {
  let state = newSpeakerState(chosen);
  let said: DeviceNews | undefined;
  for (const event of events) ({ state, news: said } = stepSpeaker(state, event));
  expect(speakerInUse(state).deviceId).toBe(expected);
  expect(said?.type).toBe(news);
});

test("[N122] a speaker on which the browser does not play is not taken, and that is said", async () => {
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
