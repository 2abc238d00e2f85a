import { expect, test } from "vitest";
import type { DeviceStatus } from "#lib/call/media/devices.ts";
import { LOCKABLE_SOURCES } from "#lib/rooms/room.ts";
import { textsIn } from "../../../tests/support/texts.ts";
import { sourceAdvice } from "./source-advice.ts";

const t = textsIn("en");
const WELL: readonly DeviceStatus[] = ["off", "starting", "on"];
const ILL: readonly DeviceStatus[] = [
  "silenced",
  "denied",
  "missing",
  "busy",
  "unanswered",
  "insecure",
  "unsupported",
  "failed",
];
const every = (statuses: readonly DeviceStatus[]) =>
  LOCKABLE_SOURCES.flatMap((source) => statuses.map((s) => [source, s] as const));

test.each(every(ILL))("[I14] a %s that is %s comes with a sentence on how to mend it", (source, status) => {
  expect(sourceAdvice(t, source, { status, isLocked: false, browser: "chrome" })?.sentence).toMatch(/\.$/);
});
test.each(every(WELL))("[I14] a %s that is %s needs no advice", (source, status) => {
  expect(sourceAdvice(t, source, { status, isLocked: false, browser: "chrome" })).toBeUndefined();
});
test.each(every([...WELL, ...ILL]))("[I14] a lock is named before anything else (%s, %s)", (source, status) => {
  expect(sourceAdvice(t, source, { status, isLocked: true, browser: "chrome" })?.title).toMatch(/locked$/);
});
