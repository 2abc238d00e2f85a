import type { DeviceChoice, DeviceKind } from "#lib/call/media/devices.ts";

/** Chrome lists the system's own speaker as "default"; elsewhere it needs an entry of ours. */
export function needsSystem(kind: DeviceKind, choices: readonly DeviceChoice[]): boolean {
  return kind === "speaker" && !choices.some(({ deviceId }) => deviceId === "default");
}

/** The entry of a list of devices that stands for the one in use. */
export function deviceShown(kind: DeviceKind, deviceId: string | undefined, choices: readonly DeviceChoice[]): string {
  return deviceId ?? (needsSystem(kind, choices) ? "" : (choices[0]?.deviceId ?? ""));
}
