import type { Store } from "#lib/live/store.ts";

export type DeviceKind = "microphone" | "camera" | "speaker";

/**
 * Why a device that is wanted does not run. `denied`: the browser or the system forbids it; `missing`: there is none; `busy`:
 * another program holds it; `unanswered`: opening it does not return; `insecure`: the page came over plain http;
 * `unsupported`: this browser gives pages no devices; `failed`: anything else. The screen explains how to fix each.
 */
export type DeviceTrouble = "denied" | "missing" | "busy" | "unanswered" | "insecure" | "unsupported" | "failed";

/** `silenced`: open, but muted by the system, a key on the headset or another program. */
export type DeviceStatus = "off" | "starting" | "on" | "silenced" | DeviceTrouble;

/** Whether it is on, or will be as soon as it can. A reload restores this. */
export function isWantedOn(status: DeviceStatus): boolean {
  return ["on", "starting", "silenced", "unanswered", "missing", "busy"].includes(status);
}

export type DeviceChoice = { deviceId: string; label: string };

/** News about a device that the user reads once. */
export type DeviceNews =
  /** The device in use is gone, and another one took over. */
  | { type: "replaced"; lost: DeviceChoice; used: DeviceChoice }
  /** The device chosen in an earlier meeting is not connected. */
  | { type: "not-there"; wanted: DeviceChoice; used: DeviceChoice }
  /** There was no device, and now there is one. */
  | { type: "picked-up"; used: DeviceChoice }
  /** The chosen device does not work; the one before keeps running. */
  | { type: "switch-failed"; wanted: DeviceChoice; why: DeviceTrouble; used: DeviceChoice | undefined }
  /** The chosen device is connected again, while another one is in use. */
  | { type: "back"; device: DeviceChoice };

/** `id` is unique, to tell apart news of the same kind. */
export type DeviceNewsItem = DeviceNews & { id: number; kind: DeviceKind };

/** A camera or microphone as a screen shows it. */
export type DeviceView = {
  status: DeviceStatus;
  deviceId: string | undefined;
  /** Another device that may work while this one does not. */
  offer: DeviceChoice | undefined;
};

/** The own camera, microphone, speaker and share, before and in the call. */
export type LocalMedia = {
  /** `isMirrored`: it faces the user, who expects to see a mirror image. */
  camera: DeviceView & { isMirrored: boolean };
  microphone: DeviceView;
  /** `deviceId` is undefined while the system chooses. */
  speaker: { deviceId: string | undefined; isChoosable: boolean };
  /** `sound`: the state of the share's sound. */
  screenShare: { status: DeviceStatus; sound: "none" | "on" | "muted" | "locked" };
  choices: Record<DeviceKind, readonly DeviceChoice[]>;
  /** The newest last. */
  news: readonly DeviceNewsItem[];
};

/** The green room's devices. The meeting takes them over on entering (`takeDevices`). */
export type Preview = {
  media: Store<LocalMedia>;
  /** Loudness, 0 to 1, about ten times a second while there is a subscriber. */
  level: Store<number>;
  setCamera: (isOn: boolean) => Promise<void>;
  setMicrophone: (isOn: boolean) => Promise<void>;
  chooseDevice: (kind: DeviceKind, deviceId: string) => Promise<void>;
  /** Shows the own camera in the element while it is on, also after a change of device. */
  attach: (element: HTMLVideoElement) => () => void;
  dispose: () => void;
};
