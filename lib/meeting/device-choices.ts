import type { DeviceChoice, DeviceKind, LocalMedia } from "./devices.ts";

type Choices = LocalMedia["choices"];
export const NO_CHOICES: Choices = { microphone: [], camera: [], speaker: [] };

const KINDS: Record<MediaDeviceKind, DeviceKind> = {
  audioinput: "microphone",
  videoinput: "camera",
  audiooutput: "speaker",
};

/** Devices as people choose among them: without those the browser hides until it may show them, and without Windows' doubles. */
export function toChoices(devices: readonly Pick<MediaDeviceInfo, "deviceId" | "kind" | "label">[]): Choices {
  const choices: Record<DeviceKind, DeviceChoice[]> = { microphone: [], camera: [], speaker: [] };
  for (const { deviceId, kind, label } of devices) {
    if (deviceId === "" || deviceId === "communications") continue;
    const list = choices[KINDS[kind]];
    list.push({ deviceId, label: label === "" ? `${NAMES[KINDS[kind]]} ${list.length + 1}` : label });
  }
  return choices;
}

const NAMES: Record<DeviceKind, string> = { microphone: "Microphone", camera: "Camera", speaker: "Speaker" };

/**
 * Follows which devices there are, until the returned function is called.
 *
 * @returns a function to look now (labels appear once the person allowed a device) and one to stop.
 */
export function watchDevices(tell: (choices: Choices) => void): { look: () => void; stop: () => void } {
  const media = globalThis.navigator?.mediaDevices as MediaDevices | undefined;
  let isStopped = false;
  const look = () => {
    media
      ?.enumerateDevices()
      .then((devices) => isStopped || tell(toChoices(devices)))
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

/** Firefox and Safari play on the system's speaker only. */
export function isSpeakerChoosable(): boolean {
  return typeof HTMLMediaElement !== "undefined" && "setSinkId" in HTMLMediaElement.prototype;
}
