import { z } from "zod";
import type { DeviceChoice, DeviceKind } from "./media/devices.ts";
import { readItem, saveItem } from "#lib/browser/storage.ts";

/** What was on in this tab when it was last in a meeting. */
const TabState = z.object({ isMicrophoneOn: z.boolean(), isCameraOn: z.boolean() });
export type Here = z.infer<typeof TabState>;

const byKind = {
  microphone: z.string().optional().catch(undefined),
  camera: z.string().optional().catch(undefined),
  speaker: z.string().optional().catch(undefined),
};
/** Ids and names of devices. The browser does not name a device that is unplugged. */
const Devices = z.object({ ...byKind, names: z.object(byKind).optional().catch(undefined) });

const insideKey = (code: string) => `veet.inside.${code}`;
const NAME = "veet.name";
const DEVICES = "veet.devices";

/** Set if this tab was inside before a reload; it then enters again without asking. */
export function readTabState(code: string): Here | undefined {
  return read(readItem("tab", insideKey(code)), TabState);
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
  const devices = read(readItem("browser", DEVICES), Devices);
  const deviceId = devices?.[kind];
  return deviceId === undefined ? undefined : { deviceId, label: devices?.names?.[kind] ?? "" };
}
/** @param choice - undefined for the browser's default. */
export function saveDevice(kind: DeviceKind, choice: DeviceChoice | undefined): void {
  const devices = read(readItem("browser", DEVICES), Devices) ?? {};
  const names = { ...devices.names, [kind]: choice?.label };
  saveItem("browser", DEVICES, JSON.stringify({ ...devices, [kind]: choice?.deviceId, names }));
}

function read<T>(text: string | undefined, shape: z.ZodType<T>): T | undefined {
  if (text === undefined) return undefined;
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
