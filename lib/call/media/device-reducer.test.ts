import { expect, test } from "vitest";
import {
  type DeviceEffect,
  type DeviceEvent,
  type DeviceState,
  deviceIdOf,
  newDeviceState,
  offerOf,
  statusOf,
} from "./device-state.ts";
import { stepDevice } from "./device-reducer.ts";
import type { DeviceChoice } from "./devices.ts";

const device = (deviceId: string): DeviceChoice => ({ deviceId, label: `${deviceId} label` });
const [A, B, C] = [device("a"), device("b"), device("c")];
const listed = (...present: DeviceChoice[]): DeviceEvent => ({ type: "listed", present, count: present.length });
const on: DeviceEvent = { type: "set-on", isOn: true };
const off: DeviceEvent = { type: "set-on", isOn: false };
const opened = (attempt: number, choice = A): DeviceEvent => ({
  type: "opened",
  attempt,
  device: choice,
  isSilenced: false,
});
const failed = (attempt: number, why: "busy" | "missing" | "denied" | "failed" = "busy"): DeviceEvent => ({
  type: "failed",
  attempt,
  why,
});
const choose = (choice: DeviceChoice): DeviceEvent => ({ type: "choose", choice });
const ended: DeviceEvent = { type: "ended" };
const silenced = (isSilenced: boolean): DeviceEvent => ({ type: "silenced", isSilenced });
const late = (attempt: number): DeviceEvent => ({ type: "late", attempt });
const permission = (state: PermissionState): DeviceEvent => ({ type: "permission", state });

/** An effect of the last event, in short. */
function written(effect: DeviceEffect): string {
  switch (effect.do) {
    case "open":
      return `open ${effect.deviceId ?? "any"}${effect.isExact ? "!" : ""}`;
    case "use":
    case "drop":
      return `${effect.do} ${effect.attempt}`;
    case "close":
      return "close";
    case "remember":
      return `remember ${effect.choice?.deviceId}`;
    case "tell":
      return `tell ${effect.news.type}`;
    default:
      return effect satisfies never;
  }
}

type Start = { chosen?: DeviceChoice; staysOpen?: boolean; canHoldTwo?: boolean };
function run(events: readonly DeviceEvent[], { chosen, staysOpen = false, canHoldTwo = true }: Start = {}) {
  let state: DeviceState = newDeviceState(chosen, { staysOpen, canHoldTwo });
  let effects: readonly DeviceEffect[] = [];
  for (const event of events) ({ state, effects } = stepDevice(state, event));
  return { state, effects, says: `${statusOf(state)} ${state.current?.deviceId ?? "-"}`, does: effects.map(written) };
}

const RUNS = [listed(A, B), on, opened(1)];
test.each<[string, DeviceEvent[], string, string[], Start?]>([
  ["nothing is opened before it is wanted", [listed(A, B)], "off -", []],
  ["switched on", [on], "starting -", ["open any"]],
  ["switched on with a saved device", [on], "starting -", ["open b"], { chosen: B }],
  ["it opens", RUNS, "on a", ["use 1"]],
  ["switched off", [...RUNS, off], "off -", ["close"]],
  ["a microphone in the call stays open", [...RUNS, off], "off a", [], { staysOpen: true }],
  ["it is on again at once", [...RUNS, off, on], "on a", [], { staysOpen: true }],
  ["switched off before it opened", [on, off], "off -", []],
  ["a late answer switches nothing on", [on, off, opened(1)], "off -", ["drop 1"]],
  ["nor does the answer to an earlier request", [on, off, on, opened(1)], "starting -", ["drop 1"]],
  ["the newer request counts", [on, off, on, opened(2)], "on a", ["use 2"]],
  ["switched on twice, it is opened once", [on, on], "starting -", []],
])("[N96] the last request for a device wins: %s", (_, events, says, does, start) => {
  expect(run(events, start)).toMatchObject({ says, does });
});

test.each<[string, DeviceEvent[], string, string[], Start?]>([
  ["the new one is tried while the old one runs", [...RUNS, choose(B)], "on a", ["remember b", "open b!"]],
  ["it works", [...RUNS, choose(B), opened(2, B)], "on b", ["use 2"]],
  ["it is busy", [...RUNS, choose(B), failed(2)], "on a", ["remember undefined", "tell switch-failed"]],
  ["it never answers", [...RUNS, choose(B), late(2)], "on a", ["remember undefined", "tell switch-failed"]],
  ["it answers after all", [...RUNS, choose(B), late(2), opened(2, B)], "on a", ["drop 2"]],
  [
    "what was chosen before is remembered again",
    [...RUNS, choose(C), failed(2)],
    "on a",
    ["remember b", "tell switch-failed"],
    { chosen: B },
  ],
  ["the one in use is chosen", [...RUNS, choose(A)], "on a", ["remember a"]],
  ["chosen while it is off, nothing starts", [listed(A, B), choose(B)], "off -", ["remember b"]],
  ["chosen while it is off but open", [...RUNS, off, choose(B)], "off -", ["remember b", "close"], { staysOpen: true }],
  [
    "a phone lets the old one go first",
    [...RUNS, choose(B)],
    "starting -",
    ["remember b", "close", "open b!"],
    { canHoldTwo: false },
  ],
  [
    "and takes it back",
    [...RUNS, choose(B), failed(2)],
    "starting -",
    ["remember undefined", "open a"],
    { canHoldTwo: false },
  ],
  [
    "and says so",
    [...RUNS, choose(B), failed(2), opened(3)],
    "on a",
    ["use 3", "tell switch-failed"],
    { canHoldTwo: false },
  ],
  [
    "nothing is left",
    [...RUNS, choose(B), failed(2), failed(3)],
    "busy -",
    ["tell switch-failed"],
    { canHoldTwo: false },
  ],
])("[N122] a switch that fails keeps the old device: %s", (_, events, says, does, start) => {
  expect(run(events, start)).toMatchObject({ says, does });
});

test.each<[string, DeviceEvent[], string, string[], Start?]>([
  ["busy", [listed(A, B), on, failed(1)], "busy -", []],
  ["choosing another one starts it", [listed(A, B), on, failed(1), choose(B)], "starting -", ["remember b", "open b"]],
  ["pressing again opens it again", [listed(A, B), on, failed(1), on], "starting -", ["open any"]],
  ["switching off ends it", [listed(A, B), on, failed(1), off], "off -", []],
])("[N123] a device that another program holds: %s", (_, events, says, does, start) => {
  expect(run(events, start)).toMatchObject({ says, does });
});

test.each<[string, DeviceEvent[], string | undefined, Start?]>([
  ["the next one", [listed(A, B, C), on, failed(1)], "b"],
  ["not another one that was busy", [listed(A, B, C), on, failed(1), choose(B), failed(2)], "c"],
  ["none when all are busy", [listed(A, B), on, failed(1), choose(B), failed(2)], undefined],
  ["instead of the chosen one", [listed(A, B), on, failed(1)], "a", { chosen: B }],
  ["instead of one that never answers", [listed(A, B), on, late(1)], "b"],
  [
    "one that was busy may be free again later",
    [listed(A, B), on, failed(1), choose(B), opened(2, B), off, on, failed(3)],
    "a",
  ],
  ["nothing while it works", RUNS, undefined],
  ["nothing while it is forbidden", [listed(A, B), on, failed(1, "denied")], undefined],
])("[N123] offers the next free device: %s", (_, events, expected, start) => {
  expect(offerOf(run(events, start).state)?.deviceId).toBe(expected);
});

const LOST = [...RUNS, ended];
test.each<[string, DeviceEvent[], string, string[], Start?]>([
  ["another one is taken", LOST, "starting -", ["open a"]],
  ["it is reported", [...LOST, opened(2, B)], "on b", ["use 2", "tell replaced"]],
  ["it was not unplugged: nothing is reported", [...LOST, opened(2, A)], "on a", ["use 2"]],
  ["the next ones are tried", [listed(A, B, C), on, opened(1), ended, failed(2)], "starting -", ["open b!"]],
  ["each one in turn", [listed(A, B, C), on, opened(1), ended, failed(2), failed(3)], "starting -", ["open c!"]],
  ["none works", [listed(A, B), on, opened(1), ended, failed(2), failed(3)], "busy -", []],
  ["the last one", [listed(A), on, opened(1), ended, failed(2, "missing")], "missing -", []],
  ["permission was withdrawn", [...LOST, failed(2, "denied")], "denied -", []],
  ["it was off, but open", [...RUNS, off, ended], "off -", [], { staysOpen: true }],
  ["it was off, now on", [...RUNS, off, ended, on], "starting -", ["open any"], { staysOpen: true }],
  ["a track that does not end", [...RUNS, listed(B)], "starting -", ["close", "open a"]],
  ["during a switch", [...RUNS, choose(B), ended, opened(2, B)], "on b", ["use 2", "tell replaced"]],
  ["saved, not there", [listed(A), on, opened(1)], "on a", ["use 1", "tell not-there"], { chosen: B }],
  ["reported once", [listed(A), on, opened(1), off, on, opened(2)], "on a", ["use 2"], { chosen: B }],
  ["the chosen one is back", [listed(A), on, opened(1), listed(A, B)], "on a", ["tell back"], { chosen: B }],
  ["another one is plugged in", [...RUNS, listed(A, B, C)], "on a", []],
])("[N124] replaces a device that is gone, and reports it once: %s", (_, events, says, does, start) => {
  expect(run(events, start)).toMatchObject({ says, does });
});

const NONE = [listed(), on, failed(1, "missing")];
test.each<[string, DeviceEvent[], string, string[], Start?]>([
  ["there is none", NONE, "missing -", []],
  ["one is plugged in", [...NONE, listed(A)], "starting -", ["open any"]],
  ["it is reported", [...NONE, listed(A), opened(2)], "on a", ["use 2", "tell picked-up"]],
  [
    "the browser does not name it yet",
    [...NONE, { type: "listed", present: [], count: 1 }],
    "starting -",
    ["open any"],
  ],
  ["the list is read again", [listed(A), on, failed(1, "missing"), listed(A)], "missing -", []],
  ["it is no longer wanted", [...NONE, off, listed(A)], "off -", []],
  [
    "one that did not start is plugged in again",
    [listed(A), on, failed(1, "failed"), listed(), listed(A)],
    "starting -",
    ["open any"],
  ],
])("[N125] opens a newly connected device when there was none: %s", (_, events, says, does, start) => {
  expect(run(events, start)).toMatchObject({ says, does });
});

test.each<[string, DeviceEvent[], string, string[], Start?]>([
  ["it is not on", [...RUNS, silenced(true)], "silenced a", []],
  ["it has ended", [...RUNS, silenced(true), silenced(false)], "on a", []],
  ["it was switched off", [...RUNS, silenced(true), off, silenced(false)], "off -", []],
  ["off, and kept open", [...RUNS, silenced(true), off, silenced(false)], "off a", [], { staysOpen: true }],
  ["switched on, it is opened again", [...RUNS, silenced(true), on], "starting -", ["close", "open a"]],
  [
    "switched on after it was off it is still silenced",
    [...RUNS, silenced(true), off, on],
    "silenced a",
    [],
    { staysOpen: true },
  ],
])("[N126] a device that the system silences is not on: %s", (_, events, says, does, start) => {
  expect(run(events, start)).toMatchObject({ says, does });
});

test.each<[string, DeviceEvent[], string, string[]]>([
  ["it is reported", [on, late(1)], "unanswered -", []],
  ["it may still open", [on, late(1), opened(1)], "on a", ["use 1"]],
  ["pressing again opens it again", [on, late(1), on], "starting -", ["open any"]],
  ["switching off ends the wait", [on, late(1), off], "off -", []],
  ["one of an earlier request", [on, off, on, late(1)], "starting -", []],
])("[N127] a device that never answers: %s", (_, events, says, does) => {
  expect(run(events)).toMatchObject({ says, does });
});

const DENIED = [listed(A), on, failed(1, "denied")];
test.each<[string, DeviceEvent[], string, string[]]>([
  ["given", [...DENIED, permission("granted")], "starting -", ["open any"]],
  ["to be prompted for again", [...DENIED, permission("prompt")], "off -", []],
  ["still denied", [...DENIED, permission("denied")], "denied -", []],
  ["given while it is off", [listed(A), permission("granted")], "off -", []],
])("[N133] the permission is %s", (_, events, says, does) => {
  expect(run(events)).toMatchObject({ says, does });
});

test.each<[string, DeviceEvent[], string | undefined, Start?]>([
  ["the one in use", RUNS, "a", { chosen: B }],
  ["the chosen one while it is off", [listed(A, B)], "b", { chosen: B }],
  ["none when the chosen one is gone", [listed(A)], undefined, { chosen: B }],
])("[N122] the device list marks %s", (_, events, expected, start) => {
  expect(deviceIdOf(run(events, start).state)).toBe(expected);
});
