import type { DeviceStatus } from "#lib/call/media/devices.ts";

const NAMES = { microphone: "Microphone", camera: "Camera" };

/**
 * What is spoken when my microphone or camera comes to another state; empty where nothing is. What is on its way is not.
 *
 * @param trouble - What is the matter with it now, in a few words.
 */
export function deviceChangeText(
  kind: "microphone" | "camera",
  before: DeviceStatus,
  after: DeviceStatus,
  trouble: string | undefined,
): string {
  if (before === after || after === "starting") return "";
  if (trouble) return `${trouble}.`;
  if (after === "on") return `${NAMES[kind]} on.`;
  return before === "on" || before === "silenced" ? `${NAMES[kind]} off.` : "";
}

/** The same of my screen. */
export function shareChangeText(before: DeviceStatus, after: DeviceStatus): string {
  if (before === after || after === "starting") return "";
  if (after === "on") return "You’re sharing your screen.";
  if (after === "silenced") return "Others can’t see your screen.";
  return before === "on" || before === "silenced" ? "You stopped sharing your screen." : "";
}
