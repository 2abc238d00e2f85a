import { z } from "zod";
import type { DeviceKind } from "./devices.ts";
import { recall, remember } from "./browser-storage.ts";

/** What this tab was doing in a meeting when it was last seen there. */
const Here = z.object({ isMicrophoneOn: z.boolean(), isCameraOn: z.boolean() });
export type Here = z.infer<typeof Here>;

const Devices = z.object({
  microphone: z.string().optional().catch(undefined),
  camera: z.string().optional().catch(undefined),
  speaker: z.string().optional().catch(undefined),
});
export type RememberedDevices = z.infer<typeof Devices>;

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

/** The devices the person chose by hand; ids stay the same for one site as long as it keeps its permission. */
export function rememberedDevices(): RememberedDevices {
  return read(recall("browser", DEVICES), Devices) ?? {};
}
export function rememberDevice(kind: DeviceKind, deviceId: string): void {
  remember("browser", DEVICES, JSON.stringify({ ...rememberedDevices(), [kind]: deviceId }));
}

function read<T>(text: string | undefined, shape: z.ZodType<T>): T | undefined {
  if (text === undefined) return undefined;
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
