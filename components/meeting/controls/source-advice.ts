import type { DeviceStatus } from "#lib/call/media/devices.ts";
import type { LockableSource } from "#lib/rooms/room.ts";
import { type Advice, type Browser, deviceAdvice, isTrouble } from "#components/devices/device-advice.ts";

/** What to show a participant who cannot send a source; undefined when there is no problem. A lock comes before device problems. */
export function sourceAdvice(
  source: LockableSource,
  status: DeviceStatus,
  isLocked: boolean,
  browser: Browser,
): Advice | undefined {
  if (isLocked) return lockedAdvice(source);
  return source === "screenShare" ? shareAdvice(status) : deviceAdvice(source, status, browser);
}

function shareAdvice(status: DeviceStatus): Advice | undefined {
  if (status === "denied") {
    return {
      title: "Screen sharing is blocked",
      sentence: "Allow this browser to record the screen in the system’s privacy settings, then try again.",
    };
  }
  if (status === "silenced") {
    return {
      title: "Your screen is paused",
      sentence: "Others can’t see it right now. Bring the shared window back, or share another one.",
    };
  }
  if (!isTrouble(status)) return undefined;
  return {
    title: "Your screen wasn’t shared",
    sentence: "Try again, or choose a window instead of the whole screen.",
  };
}

function lockedAdvice(source: LockableSource): Advice {
  const what = { microphone: "Microphones are", camera: "Cameras are", screenShare: "Screen sharing is" }[source];
  return {
    title: `${what} locked`,
    sentence: "A host turned this off for participants. Raise your hand to ask.",
  };
}
