import type { Store } from "#lib/live/store.ts";

export type DeviceKind = "microphone" | "camera" | "speaker";

/**
 * What one of my devices is doing. `denied`: the browser or the system forbids it; `missing`: there is none;
 * `busy`: another program holds it; `failed`: anything else. The screen says for each how to mend it.
 */
export type DeviceStatus = "off" | "starting" | "on" | "denied" | "missing" | "busy" | "failed";

export type DeviceChoice = { deviceId: string; label: string };

/** My camera, microphone and speaker, before and in the call. */
export type LocalMedia = {
  camera: { status: DeviceStatus; deviceId: string | undefined };
  microphone: { status: DeviceStatus; deviceId: string | undefined };
  speaker: { deviceId: string | undefined; isChoosable: boolean };
  screenShare: { status: DeviceStatus };
  choices: Record<DeviceKind, readonly DeviceChoice[]>;
};

/** The green room: local tracks before there is a meeting; the meeting takes them over on entering (`takeTracks`). */
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
