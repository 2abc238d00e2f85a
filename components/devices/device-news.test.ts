import { expect, test } from "vitest";
import type { DeviceKind, DeviceNews, DeviceNewsItem, LocalMedia } from "#lib/call/media/devices.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { newsText, standingNews } from "./device-news.ts";
import { deviceShown, needsSystem } from "./device-shown.ts";

const t = textsIn("en");
const [desk, headset] = [
  { deviceId: "d", label: "Desk" },
  { deviceId: "h", label: "Headset" },
];
const system = { deviceId: "", label: "" };
const nameless = { deviceId: "x", label: "" };

test.each<[DeviceKind, DeviceNews, string]>([
  ["camera", { type: "replaced", lost: headset, used: desk }, "Headset was disconnected. Now using Desk."],
  ["microphone", { type: "not-there", wanted: headset, used: desk }, "Headset is not connected. Now using Desk."],
  [
    "microphone",
    { type: "not-there", wanted: nameless, used: desk },
    "The microphone you used last time is not connected. Now using Desk.",
  ],
  [
    "speaker",
    { type: "replaced", lost: headset, used: system },
    "Headset was disconnected. Audio now plays on the system speaker.",
  ],
  ["microphone", { type: "picked-up", used: headset }, "Headset is connected. Others can hear you."],
  [
    "camera",
    { type: "switch-failed", wanted: headset, why: "busy", used: desk },
    "Headset is in use by another app. Still using Desk.",
  ],
  [
    "camera",
    { type: "switch-failed", wanted: headset, why: "unanswered", used: undefined },
    "Headset isn’t responding. Your camera is off.",
  ],
  ["camera", { type: "back", device: headset }, "Headset is connected again. You’re using another one."],
])("[I42] news of a %s are a sentence with the device's name (%#)", (kind, news, expected) => {
  const { title, sentence } = newsText(t, kind, news);
  expect(`${title}. ${sentence}`).toBe(expected);
});

test("[I42] only a device that is back is offered with its news", () => {
  expect(newsText(t, "camera", { type: "back", device: headset }).offer).toBe(headset);
  expect(newsText(t, "camera", { type: "picked-up", used: headset }).offer).toBeUndefined();
});

const item = (id: number, news: DeviceNews, kind: DeviceKind = "microphone"): DeviceNewsItem => ({ ...news, id, kind });
const replaced = item(1, { type: "replaced", lost: headset, used: desk });
const back = item(2, { type: "back", device: headset });
test.each<[string, string | undefined, DeviceNewsItem[], number[]]>([
  ["as long as it is so", "d", [replaced], [1]],
  ["not once another one is used", "h", [replaced], []],
  ["the newest of a device", "d", [replaced, back], [2]],
  ["not that it is back once it is used", "h", [replaced, back], []],
])("[I42] news stand at the door %s", (_, deviceId, news, expected) => {
  const view = { status: "on", deviceId, offer: undefined } as const;
  const media: LocalMedia = {
    microphone: view,
    camera: { ...view, isMirrored: true },
    speaker: { deviceId: undefined, isChoosable: true },
    screenShare: { status: "off", sound: "none" },
    choices: { microphone: [], camera: [], speaker: [] },
    news,
  };
  expect(standingNews(media).map(({ id }) => id)).toEqual(expected);
});

test.each<[DeviceKind, string | undefined, string[], string]>([
  ["camera", undefined, ["a", "b"], "a"],
  ["camera", "b", ["a", "b"], "b"],
  ["speaker", undefined, ["default", "b"], "default"],
  ["speaker", undefined, ["a", "b"], ""],
  ["speaker", "b", ["a", "b"], "b"],
  ["microphone", undefined, [], ""],
])("[N122] the mark in the list of a %s in use as %s among %j is at “%s”", (kind, deviceId, ids, expected) => {
  const choices = ids.map((id) => ({ deviceId: id, label: id }));
  expect(deviceShown(kind, deviceId, choices)).toBe(expected);
  expect(needsSystem(kind, choices)).toBe(kind === "speaker" && !ids.includes("default"));
});
