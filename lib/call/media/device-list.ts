import type { CaptureKind } from "./capture.ts";
import type { DeviceChoice, DeviceKind, LocalMedia } from "./devices.ts";

type Choices = LocalMedia["choices"];
/** `counts` includes devices that the browser does not name before it has permission. */
export type FoundDevices = { choices: Choices; counts: Record<DeviceKind, number> };

export const NO_CHOICES: Choices = { microphone: [], camera: [], speaker: [] };

const KINDS: Record<MediaDeviceKind, DeviceKind> = {
  audioinput: "microphone",
  videoinput: "camera",
  audiooutput: "speaker",
};

type Listed = Pick<MediaDeviceInfo, "deviceId" | "kind" | "label">;

/** Devices to choose from, without those the browser hides until permitted, and without the duplicates of Windows. */
export function toChoices(devices: readonly Listed[]): Choices {
  const choices: Record<DeviceKind, DeviceChoice[]> = { microphone: [], camera: [], speaker: [] };
  for (const { deviceId, kind, label } of devices) {
    if (deviceId === "" || deviceId === "communications") continue;
    const list = choices[KINDS[kind]];
    list.push({ deviceId, label: label === "" ? `${NAMES[KINDS[kind]]} ${list.length + 1}` : label });
  }
  return choices;
}

const NAMES: Record<DeviceKind, string> = { microphone: "Microphone", camera: "Camera", speaker: "Speaker" };

function countDevices(devices: readonly Listed[]): FoundDevices["counts"] {
  const counts = { microphone: 0, camera: 0, speaker: 0 };
  for (const { kind } of devices) counts[KINDS[kind]] += 1;
  return counts;
}

/** Follows which devices are connected. `refresh` reads them now: labels appear once the user has allowed a device. */
export function watchDevices(changed: (found: FoundDevices) => void): { refresh: () => void; stop: () => void } {
  const media = globalThis.navigator?.mediaDevices as MediaDevices | undefined;
  let isStopped = false;
  let requests = 0;
  const refresh = () => {
    requests += 1;
    const request = requests;
    media
      ?.enumerateDevices()
      // Ignore an answer that a newer request has overtaken.
      .then((devices) => {
        if (!isStopped && request === requests) changed({ choices: toChoices(devices), counts: countDevices(devices) });
      })
      .catch(() => {}); // a browser that hides its devices leaves the lists empty
  };
  media?.addEventListener?.("devicechange", refresh);
  refresh();
  return {
    refresh,
    stop() {
      isStopped = true;
      media?.removeEventListener?.("devicechange", refresh);
    },
  };
}

/** Firefox before 116 and Safari play on the system's speaker only. */
export function isSpeakerChoosable(): boolean {
  return typeof HTMLMediaElement !== "undefined" && "setSinkId" in HTMLMediaElement.prototype;
}

/**
 * Whether two devices of the kind can be open at once, so that a new one can be tried while the old one runs.
 *
 * Safari ends the first of two; phones can run one camera at a time.
 */
export function canHoldTwo(kind: CaptureKind, userAgent: string): boolean {
  const isApple = /iPhone|iPad|iPod/.test(userAgent);
  const isSafari = userAgent.includes("Safari/") && !/Chrom|Edg|Android/.test(userAgent);
  if (isApple || isSafari) return false;
  return kind === "microphone" || !/Android|Mobile/.test(userAgent);
}
