import type { DeviceStatus } from "#lib/meeting/devices.ts";

export type Browser = "safari-phone" | "chrome-phone" | "safari" | "firefox" | "chrome";
/** What is the matter with a device: a few words for a label, and a sentence on how to mend it. */
export type Advice = { title: string; sentence: string };
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
  firefox: (device) => `Press the crossed-out ${device} in the address bar and remove the block.`,
  chrome: (device) => `Press the icon left of the address and allow the ${device}.`,
};

/** What to tell somebody whose camera or microphone does not work, at the door as in the meeting; undefined while it does. */
export function deviceAdvice(device: Device, status: DeviceStatus, browser: Browser): Advice | undefined {
  if (!isTrouble(status)) return undefined;
  switch (status) {
    case "denied":
      return { title: `Your ${device} is blocked`, sentence: `${ALLOW[browser](device)} Then switch it on again.` };
    case "missing":
      return { title: `No ${device} found`, sentence: "Connect one; it is picked up by itself." };
    case "busy":
      return {
        title: `Your ${device} is in use`,
        sentence: "Close the other program that uses it, then switch it on again.",
      };
    case "failed":
      return {
        title: `Your ${device} did not start`,
        sentence: "Unplug it and plug it in again, or choose another one.",
      };
    default:
      return status satisfies never;
  }
}

export function isTrouble(status: DeviceStatus): status is Trouble {
  return status === "denied" || status === "missing" || status === "busy" || status === "failed";
}
