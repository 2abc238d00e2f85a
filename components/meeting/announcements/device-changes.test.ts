import { expect, test } from "vitest";
import type { DeviceStatus } from "#lib/call/media/devices.ts";
import { textsIn } from "../../../tests/support/texts.ts";
import { deviceChangeText, shareChangeText } from "./device-changes.ts";

const t = textsIn("en");

test.each<[DeviceStatus, DeviceStatus, string | undefined, string]>([
  ["off", "starting", undefined, ""],
  ["off", "on", undefined, "Microphone on."],
  ["on", "off", undefined, "Microphone off."],
  ["on", "on", undefined, ""],
  ["on", "silenced", "Your microphone is silenced", "Your microphone is silenced."],
  ["silenced", "on", undefined, "Microphone on."],
  ["silenced", "off", undefined, "Microphone off."],
  ["on", "missing", "No microphone found", "No microphone found."],
  ["missing", "off", undefined, ""],
  ["missing", "on", undefined, "Microphone on."],
])("[I41] a microphone that was %s and is %s is spoken of", (before, after, trouble, expected) => {
  expect(deviceChangeText(t, "microphone", before, after, trouble)).toBe(expected);
});

test.each<[DeviceStatus, DeviceStatus, string]>([
  ["off", "on", "You’re sharing your screen."],
  ["on", "silenced", "Others can’t see your screen."],
  ["silenced", "on", "You’re sharing your screen."],
  ["on", "off", "You stopped sharing your screen."],
  ["off", "denied", ""],
])("[I41] a share that was %s and is %s is spoken of", (before, after, expected) => {
  expect(shareChangeText(t, before, after)).toBe(expected);
});
