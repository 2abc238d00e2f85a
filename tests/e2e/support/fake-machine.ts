import type { BrowserContext, Page } from "@playwright/test";
import { installMachine } from "./fake-machine-page.ts";
import type { FakeDevice, FakeMachine } from "./fake-machine-types.ts";

declare global {
  interface Window {
    machine: FakeMachine;
  }
}

const device = (kind: MediaDeviceKind, deviceId: string, label: string, more: Partial<FakeDevice> = {}) => ({
  deviceId,
  kind,
  label,
  ...more,
});
export const microphone = (name: string, more?: Partial<FakeDevice>) =>
  device("audioinput", `mic-${name}`, `${name} microphone`, more);
export const camera = (name: string, more?: Partial<FakeDevice>) =>
  device("videoinput", `cam-${name}`, `${name} camera`, more);
export const speaker = (name: string, more?: Partial<FakeDevice>) =>
  device("audiooutput", `out-${name}`, `${name} speaker`, more);

/**
 * Replaces the machine behind `navigator.mediaDevices` in every page of a context: its devices can be plugged, unplugged, held,
 * silenced, refused, or never answer. The tracks it gives are real ones (a canvas that moves, an oscillator that beeps).
 */
export async function useMachine(context: BrowserContext, devices: readonly FakeDevice[]): Promise<void> {
  await context.addInitScript(installMachine, devices);
}

/** Does something to the machine of a page. */
export function machineOf(page: Page) {
  const call = (name: keyof FakeMachine, ...args: string[]) =>
    page.evaluate(([method, given]) => (window.machine as any)[method](...given), [name, args] as const);
  return {
    plug: (id: string) => call("plug", id),
    unplug: (id: string) => call("unplug", id),
    hold: (id: string) => call("hold", id),
    release: (id: string) => call("release", id),
    silence: (id: string) => call("silence", id),
    unsilence: (id: string) => call("unsilence", id),
    answer: (id: string) => call("answer", id),
    permit: (name: "camera" | "microphone", state: PermissionState) => call("permit", name, state),
    endShareSound: () => call("endShareSound"),
    live: (): Promise<string[]> => call("live"),
    sinks: (): Promise<string[]> => call("sinks"),
    notes: (): Promise<string[]> => call("notes"),
  };
}
