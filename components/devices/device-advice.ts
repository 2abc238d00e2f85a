import type { DeviceStatus, DeviceTrouble } from "#lib/call/media/devices.ts";
import type { Texts } from "#components/texts/texts.ts";

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

/** What to show when a camera or microphone does not work, before and in the call; undefined while it does. */
export function deviceAdvice(t: Texts, device: Device, status: DeviceStatus, browser: Browser): Advice | undefined {
  if (!isTrouble(status)) return undefined;
  return { title: t(`devices.trouble.${device}.${status}`), sentence: howToFix(t, device, status, browser) };
}

function howToFix(t: Texts, device: Device, trouble: Trouble, browser: Browser): string {
  switch (trouble) {
    case "denied":
      return t(`devices.fix.denied.${browser}`, { device });
    case "silenced":
      return t(device === "microphone" ? "devices.fix.silencedMicrophone" : "devices.fix.silencedCamera");
    default:
      return t(`devices.fix.${trouble}`);
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
