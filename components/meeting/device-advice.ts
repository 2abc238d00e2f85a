import type { DeviceStatus } from "#lib/meeting/devices.ts";
import type { LockableSource } from "#lib/rooms/room.ts";

/** What is the matter with a device: a few words for a label, and a sentence on how to mend it. */
export type Advice = { title: string; sentence: string };

const NAMES: Record<LockableSource, string> = { microphone: "microphone", camera: "camera", screenShare: "screen" };

/** What to tell somebody whose device does not work; undefined while all is well. */
export function deviceAdvice(source: LockableSource, status: DeviceStatus, isLocked: boolean): Advice | undefined {
  if (isLocked) return lockedAdvice(source);
  if (source === "screenShare") return shareAdvice(status);
  const name = NAMES[source];
  switch (status) {
    case "off":
    case "starting":
    case "on":
      return undefined;
    case "denied":
      return {
        title: `Your ${name} is blocked`,
        sentence: `Allow the ${name} for this site: the icon beside the address opens the browser’s settings. Then press the button again.`,
      };
    case "missing":
      return { title: `No ${name} found`, sentence: `Connect a ${name}, then press the button again.` };
    case "busy":
      return {
        title: `Your ${name} is in use`,
        sentence: `Another program holds the ${name}. Close it there, then press the button again.`,
      };
    case "failed":
      return {
        title: `Your ${name} did not start`,
        sentence: `Unplug the ${name} and connect it again, or choose another one in the settings.`,
      };
    default:
      return status satisfies never;
  }
}

function shareAdvice(status: DeviceStatus): Advice | undefined {
  if (status === "denied") {
    return {
      title: "Screen sharing is blocked",
      sentence: "Allow this browser to record the screen in the system’s privacy settings, then try again.",
    };
  }
  if (status === "missing" || status === "busy" || status === "failed") {
    return {
      title: "Your screen was not shared",
      sentence: "Try again, or choose a window instead of the whole screen.",
    };
  }
  return undefined;
}

function lockedAdvice(source: LockableSource): Advice {
  const what = { microphone: "Microphones are", camera: "Cameras are", screenShare: "Screen sharing is" }[source];
  return {
    title: `${what} locked`,
    sentence: "A host locked this for participants. Raise your hand if you would like it opened.",
  };
}
