import { z } from "zod";
import type { DeviceChoice, DeviceKind } from "./devices.ts";
import { recall, remember } from "./browser-storage.ts";

/** What this tab was doing in a meeting when it was last seen there. */
const Here = z.object({ isMicrophoneOn: z.boolean(), isCameraOn: z.boolean() });
export type Here = z.infer<typeof Here>;

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
export function here(code: string): Here | undefined {
  return read(recall("tab", insideKey(code)), Here);
}
/** @param state - undefined after leaving: a reload then shows the door. */
export function rememberHere(code: string, state: Here | undefined): void {
  remember("tab", insideKey(code), state && JSON.stringify(state));
}

/** What a guest called themselves last. */
export function rememberedName(): string | undefined {
  return recall("browser", NAME);
}
export function rememberName(name: string): void {
  remember("browser", NAME, name);
}

/** The device the participant chose by hand; ids stay the same for one site as long as it keeps its permission. */
export function rememberedDevice(kind: DeviceKind): DeviceChoice | undefined {
  const devices = read(recall("browser", DEVICES), Devices);
  const deviceId = devices?.[kind];
  return deviceId === undefined ? undefined : { deviceId, label: devices?.names?.[kind] ?? "" };
}
/** @param choice - undefined for the browser's own. */
export function rememberDevice(kind: DeviceKind, choice: DeviceChoice | undefined): void {
  const devices = read(recall("browser", DEVICES), Devices) ?? {};
  const names = { ...devices.names, [kind]: choice?.label };
  remember("browser", DEVICES, JSON.stringify({ ...devices, [kind]: choice?.deviceId, names }));
}

function read<T>(text: string | undefined, shape: z.ZodType<T>): T | undefined {
  if (text === undefined) return undefined;
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
