import type { Store } from "#lib/live/store.ts";

export type DeviceKind = "microphone" | "camera" | "speaker";

/**
 * Why a device that is wanted does not run. `denied`: the browser or the system forbids it; `missing`: there is none; `busy`:
 * another program holds it; `unanswered`: opening it takes for ever; `insecure`: the page came over plain http;
 * `unsupported`: this browser gives pages no devices; `failed`: anything else. The screen says for each how to mend it.
 */
export type DeviceTrouble = "denied" | "missing" | "busy" | "unanswered" | "insecure" | "unsupported" | "failed";

/** What one of my devices is doing. `silenced`: it is open, but the system, a key on the headset or another program keeps it still. */
export type DeviceStatus = "off" | "starting" | "on" | "silenced" | DeviceTrouble;

/** Whether it is on, or comes on by itself as soon as it can: a reload finds it so. */
export function isWantedOn(status: DeviceStatus): boolean {
  return ["on", "starting", "silenced", "unanswered", "missing", "busy"].includes(status);
}

export type DeviceChoice = { deviceId: string; label: string };

/** Something about a device that is said once. */
export type DeviceNews =
  /** The one in use is gone, and another one took over. */
  | { type: "replaced"; lost: DeviceChoice; used: DeviceChoice }
  /** The one that was chosen in an earlier visit is not connected. */
  | { type: "not-there"; wanted: DeviceChoice; used: DeviceChoice }
  /** There was none, and now there is. */
  | { type: "picked-up"; used: DeviceChoice }
  /** The one that was chosen does not work; the one before runs on. */
  | { type: "switch-failed"; wanted: DeviceChoice; why: DeviceTrouble; used: DeviceChoice | undefined }
  /** The one that was chosen is connected again, while another one is in use. */
  | { type: "back"; device: DeviceChoice };

/** `id` tells the same news from news of the same kind. */
export type DeviceNewsItem = DeviceNews & { id: number; kind: DeviceKind };

/** A camera or microphone as a screen shows it. */
export type DeviceView = {
  status: DeviceStatus;
  deviceId: string | undefined;
  /** Another one that may work while this one does not. */
  offer: DeviceChoice | undefined;
};

/** My camera, microphone and speaker, before and in the call. */
export type LocalMedia = {
  /** `isMirrored`: it looks at me, so that I know the picture as a mirror's. */
  camera: DeviceView & { isMirrored: boolean };
  microphone: DeviceView;
  /** `deviceId` is undefined while the system chooses. */
  speaker: { deviceId: string | undefined; isChoosable: boolean };
  /** `sound`: what becomes of the sound of the share. */
  screenShare: { status: DeviceStatus; sound: "none" | "on" | "muted" | "locked" };
  choices: Record<DeviceKind, readonly DeviceChoice[]>;
  /** The newest last. */
  news: readonly DeviceNewsItem[];
};

/** The green room: devices before there is a meeting; the meeting takes them over on entering (`takeDevices`). */
export type Preview = {
  media: Store<LocalMedia>;
  /** 0 to 1, about ten times a second while somebody listens. */
  level: Store<number>;
  setCamera: (isOn: boolean) => Promise<void>;
  setMicrophone: (isOn: boolean) => Promise<void>;
  chooseDevice: (kind: DeviceKind, deviceId: string) => Promise<void>;
  /** Shows my camera in the element while it is on, also after a change of device. */
  attach: (element: HTMLVideoElement) => () => void;
  dispose: () => void;
};
