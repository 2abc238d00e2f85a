import { z } from "zod";
import type { DeviceChoice, DeviceKind } from "./media/devices.ts";
import { readItem, saveItem } from "#lib/browser/storage.ts";

/** What this tab was doing in a meeting when it was last seen there. */
const TabState = z.object({ isMicrophoneOn: z.boolean(), isCameraOn: z.boolean() });
export type Here = z.infer<typeof TabState>;

const byKind = {
  microphone: z.string().optional().catch(undefined),
  camera: z.string().optional().catch(undefined),
  speaker: z.string().optional().catch(undefined),
};
/** Ids, and what the devices are called: one that is gone has no name any more. */
const Devices = z.object({ ...byKind, names: z.object(byKind).optional().catch(undefined) });

const insideKey = (code: string) => `veet.inside.${code}`;
const NAME = "veet.name";
const DEVICES = "veet.devices";

/** Whether this tab was inside before a reload, so that it may go in again by itself. */
export function readTabState(code: string): Here | undefined {
  return read(readItem("tab", insideKey(code)), TabState);
}
/** @param state - undefined after leaving: a reload then shows the door. */
export function saveTabState(code: string, state: Here | undefined): void {
  saveItem("tab", insideKey(code), state && JSON.stringify(state));
}

/** What a guest called themselves last. */
export function savedName(): string | undefined {
  return readItem("browser", NAME);
}
export function saveName(name: string): void {
  saveItem("browser", NAME, name);
}

/** The device the participant chose by hand; ids stay the same for one site as long as it keeps its permission. */
export function savedDevice(kind: DeviceKind): DeviceChoice | undefined {
  const devices = read(readItem("browser", DEVICES), Devices);
  const deviceId = devices?.[kind];
  return deviceId === undefined ? undefined : { deviceId, label: devices?.names?.[kind] ?? "" };
}
/** @param choice - undefined for the browser's own. */
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
