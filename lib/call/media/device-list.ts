import type { DeviceChoice, DeviceKind, LocalMedia } from "./devices.ts";

type Choices = LocalMedia["choices"];
/** `counts`: how many there are, those included that the browser does not name before it may. */
export type FoundDevices = { choices: Choices; counts: Record<DeviceKind, number> };

export const NO_CHOICES: Choices = { microphone: [], camera: [], speaker: [] };

const KINDS: Record<MediaDeviceKind, DeviceKind> = {
  audioinput: "microphone",
  videoinput: "camera",
  audiooutput: "speaker",
};

type Listed = Pick<MediaDeviceInfo, "deviceId" | "kind" | "label">;

/** Devices as people choose among them: without those the browser hides until it may show them, and without Windows' doubles. */
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

/**
 * Follows which devices there are.
 *
 * @returns a function to look now (labels appear once the participant allowed a device) and one to stop.
 */
export function watchDevices(tell: (found: FoundDevices) => void): { look: () => void; stop: () => void } {
  const media = globalThis.navigator?.mediaDevices as MediaDevices | undefined;
  let isStopped = false;
  let asked = 0;
  const look = () => {
    asked += 1;
    const turn = asked;
    media
      ?.enumerateDevices()
      // An answer that is overtaken by a newer one is old.
      .then((devices) => {
        if (!isStopped && turn === asked) tell({ choices: toChoices(devices), counts: countDevices(devices) });
      })
      .catch(() => {}); // a browser that hides its devices leaves the lists empty
  };
  media?.addEventListener?.("devicechange", look);
  look();
  return {
    look,
    stop() {
      isStopped = true;
      media?.removeEventListener?.("devicechange", look);
    },
  };
}

/** Firefox before 116 and Safari play on the system's speaker only. */
export function isSpeakerChoosable(): boolean {
  return typeof HTMLMediaElement !== "undefined" && "setSinkId" in HTMLMediaElement.prototype;
}
