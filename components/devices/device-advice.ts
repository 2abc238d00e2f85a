import type { DeviceStatus, DeviceTrouble } from "#lib/call/media/devices.ts";

export type Browser = "safari-phone" | "chrome-phone" | "safari" | "firefox" | "chrome";
/** What is the matter with a device: a few words for a label, and a sentence on how to mend it. */
export type Advice = { title: string; sentence: string };
/** What keeps a device from being heard or seen, though the participant wants it to. */
export type Trouble = DeviceTrouble | "silenced";
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
      return {
        title: `Your ${device} is blocked`,
        sentence: `${ALLOW[browser](device)} Also look whether the system lets this browser use it. Then switch it on again.`,
      };
    case "missing":
      return { title: `No ${device} found`, sentence: "Connect one; it is picked up by itself." };
    case "busy":
      return {
        title: `Your ${device} is in use`,
        sentence: "Close the other program that uses it, then switch it on again, or choose another one.",
      };
    case "silenced":
      return device === "microphone"
        ? {
            title: "Your microphone is silenced",
            sentence:
              "No one hears you. The system, a key on your headset or another program mutes it: unmute it there.",
          }
        : {
            title: "Your camera is paused",
            sentence: "No one sees you. Open the lid or the camera’s cover, or close the other program that uses it.",
          };
    case "unanswered":
      return {
        title: `Your ${device} does not answer`,
        sentence:
          "Look whether the browser asks for permission. Else choose another one, or unplug it and plug it in again.",
      };
    case "insecure":
      return {
        title: `No ${device} on an insecure page`,
        sentence:
          "The address begins with http://, and browsers give no devices to such pages. Open it with https:// instead.",
      };
    case "unsupported":
      return {
        title: `This browser gives no ${device}`,
        sentence: "An extension or a policy may forbid it. Allow it for this site, or use another browser.",
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

const TROUBLES: Record<DeviceStatus, boolean> = {
  off: false,
  starting: false,
  on: false,
  silenced: true,
  denied: true,
  missing: true,
  busy: true,
  unanswered: true,
  insecure: true,
  unsupported: true,
  failed: true,
};

export function isTrouble(status: DeviceStatus): status is Trouble {
  return TROUBLES[status];
}
