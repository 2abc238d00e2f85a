import { type Fields, isFields, readFields } from "#lib/json.ts";
import type { DeviceChoice, DeviceKind } from "./media/devices.ts";
import { readItem, saveItem } from "#lib/browser/storage.ts";

/** What was on in this tab when it was last in a meeting. */
export type Here = { isMicrophoneOn: boolean; isCameraOn: boolean };

const insideKey = (code: string) => `veet.inside.${code}`;
const NAME = "veet.name";
const DEVICES = "veet.devices";

/** Set if this tab was inside before a reload; it then enters again without asking. */
export function readTabState(code: string): Here | undefined {
  const { isMicrophoneOn, isCameraOn } = read("tab", insideKey(code));
  if (typeof isMicrophoneOn !== "boolean" || typeof isCameraOn !== "boolean") return undefined;
  return { isMicrophoneOn, isCameraOn };
}
/** @param state - undefined after leaving, so that a reload shows the door. */
export function saveTabState(code: string, state: Here | undefined): void {
  saveItem("tab", insideKey(code), state && JSON.stringify(state));
}

/** The name a guest used last. */
export function savedName(): string | undefined {
  return readItem("browser", NAME);
}
export function saveName(name: string): void {
  saveItem("browser", NAME, name);
}

/** The device the user chose. Browsers keep device ids per site for as long as the site has its permission. */
export function savedDevice(kind: DeviceKind): DeviceChoice | undefined {
  const { ids, names } = readDevices();
  const deviceId = ids[kind];
  return deviceId === undefined ? undefined : { deviceId, label: names[kind] ?? "" };
}
/** @param choice - undefined for the browser's default. */
export function saveDevice(kind: DeviceKind, choice: DeviceChoice | undefined): void {
  const { ids, names } = readDevices();
  const next = { ...ids, [kind]: choice?.deviceId, names: { ...names, [kind]: choice?.label } };
  saveItem("browser", DEVICES, JSON.stringify(next));
}

type ByKind = Partial<Record<DeviceKind, string>>;

/** Ids and names of devices. The browser does not name a device that is unplugged. */
function readDevices(): { ids: ByKind; names: ByKind } {
  const saved = read("browser", DEVICES);
  return { ids: byKind(saved), names: isFields(saved.names) ? byKind(saved.names) : {} };
}

function byKind({ microphone, camera, speaker }: Fields): ByKind {
  const known = Object.entries({ microphone, camera, speaker }).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(known) as ByKind;
}

/** Empty for an item that is missing or cannot be read. */
function read(...item: Parameters<typeof readItem>): Fields {
  return readFields(readItem(...item) ?? "") ?? {};
}
