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
  "chrome-phone": (device) => `Tap the icon to the left of the address, then Permissions, and allow the ${device}.`,
  safari: (device) => `Open Safari ▸ Settings for this Website and set ${device} to Allow.`,
  firefox: (device) => `Click the crossed-out ${device} in the address bar and remove the block.`,
  chrome: (device) => `Click the icon to the left of the address and allow the ${device}.`,
};

/** What to show when a camera or microphone does not work, before and in the call; undefined while it does. */
export function deviceAdvice(device: Device, status: DeviceStatus, browser: Browser): Advice | undefined {
  if (!isTrouble(status)) return undefined;
  switch (status) {
    case "denied":
      return {
        title: `Your ${device} is blocked`,
        sentence: `${ALLOW[browser](device)} Also check that your system lets this browser use it. Then turn it on again.`,
      };
    case "missing":
      return { title: `No ${device} found`, sentence: "Connect one and it will be used automatically." };
    case "busy":
      return {
        title: `Your ${device} is in use`,
        sentence: "Close the other app that’s using it, then turn it on again, or choose another one.",
      };
    case "silenced":
      return device === "microphone"
        ? {
            title: "Your microphone is silenced",
            sentence: "No one can hear you. Your system, your headset or another app has muted it. Unmute it there.",
          }
        : {
            title: "Your camera is paused",
            sentence: "No one can see you. Open the lid or the camera cover, or close the other app that’s using it.",
          };
    case "unanswered":
      return {
        title: `Your ${device} isn’t responding`,
        sentence:
          "Check whether your browser is asking for permission. If not, choose another one, or unplug it and plug it in again.",
      };
    case "insecure":
      return {
        title: `No ${device} on an insecure page`,
        sentence:
          "The address begins with http://, where browsers block cameras and microphones. Open it with https:// instead.",
      };
    case "unsupported":
      return {
        title: `No ${device} in this browser`,
        sentence: "An extension or a policy may block it. Allow it for this site, or use another browser.",
      };
    case "failed":
      return {
        title: `Your ${device} didn’t start`,
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
