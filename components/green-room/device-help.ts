import type { DeviceStatus } from "#lib/meeting/devices.ts";

export type Browser = "safari-phone" | "chrome-phone" | "safari" | "firefox" | "chrome";
type Trouble = Extract<DeviceStatus, "denied" | "missing" | "busy" | "failed">;
type Device = "camera" | "microphone";

/** Which browser's words to use for mending. A wrong guess costs a wrong hint, so the agent string is good enough. */
export function browserOf(userAgent: string): Browser {
  if (/iPhone|iPad/.test(userAgent)) return "safari-phone";
  if (/Android/.test(userAgent)) return "chrome-phone";
  if (userAgent.includes("Firefox/")) return "firefox";
  if (userAgent.includes("Safari/") && !/Chrom|Edg/.test(userAgent)) return "safari";
  return "chrome";
}

const ALLOW: Record<Browser, (device: Device) => string> = {
  "safari-phone": (device) => `Tap “aA” in the address bar, then Website Settings, and set ${device} to Allow.`,
  "chrome-phone": (device) => `Tap the icon left of the address, then Permissions, and allow the ${device}.`,
  safari: (device) => `Open Safari ▸ Settings for this Website and set ${device} to Allow.`,
  firefox: (device) => `Press the crossed-out ${device} in the address bar, remove the block, and reload.`,
  chrome: (device) => `Press the icon left of the address, switch ${device} on, and reload if asked.`,
};

/** What is wrong with a camera or microphone, and how to mend it. Undefined while nothing is. */
export function deviceTrouble(
  device: Device,
  status: DeviceStatus,
  browser: Browser,
): { title: string; help: string } | undefined {
  if (!isTrouble(status)) return undefined;
  switch (status) {
    case "denied":
      return { title: `Your ${device} is blocked`, help: ALLOW[browser](device) };
    case "missing":
      return { title: `No ${device} found`, help: "Connect one; it is picked up by itself. You can join without." };
    case "busy":
      return {
        title: `Your ${device} is in use`,
        help: "Close the other program that uses it, then switch it on again.",
      };
    case "failed":
      return { title: `Your ${device} did not start`, help: "Unplug it and plug it in again, or choose another one." };
    default:
      return status satisfies never;
  }
}

export function isTrouble(status: DeviceStatus): status is Trouble {
  return status === "denied" || status === "missing" || status === "busy" || status === "failed";
}
