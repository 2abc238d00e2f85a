import type { DeviceChoice, DeviceNews, DeviceStatus, DeviceTrouble } from "./devices.ts";

/** The state of one camera or microphone, from which its button, the own tile and messages derive. */
export type DeviceState = {
  /** The user wants it on. It may still be starting, or in trouble. */
  isWanted: boolean;
  /** Chosen by hand, now or in an earlier visit. */
  chosen: DeviceChoice | undefined;
  /** The open device. `isSilenced`: the system, a key on the headset or another program mutes it. */
  current: (DeviceChoice & { isSilenced: boolean }) | undefined;
  opening: DeviceOpening | undefined;
  /** Why nothing is open although it is wanted. */
  trouble: DeviceTrouble | undefined;
  /** The connected devices that the browser names, and how many there are in all. */
  present: readonly DeviceChoice[];
  count: number;
  /** Devices that another program held when they were last tried. */
  busy: readonly string[];
  /** The user has read that this chosen device is not there. */
  missed: string | undefined;
  attempts: number;
  /** Stays open and muted when switched off: a microphone in the call, so that the first word after unmuting is not lost. */
  staysOpen: boolean;
  /** Two of the kind can be open at once: not two cameras of a phone, nor anything in Safari. */
  canHoldTwo: boolean;
};

/** A device that is being opened. `attempt` identifies answers that come late. */
export type DeviceOpening = {
  attempt: number;
  deviceId: string | undefined;
  isLate: boolean;
} & Purpose;

type Purpose =
  | { purpose: "start" | "pick-up" }
  /** `before`: what was chosen until then. `letGo`: the device that had to be closed for it. */
  | { purpose: "switch"; wanted: DeviceChoice; before: DeviceChoice | undefined; letGo: DeviceChoice | undefined }
  | { purpose: "replace"; lost: DeviceChoice; tried: readonly string[] }
  | { purpose: "restore"; wanted: DeviceChoice; why: DeviceTrouble };

export type DeviceEvent =
  | { type: "set-on"; isOn: boolean }
  | { type: "choose"; choice: DeviceChoice }
  | { type: "opened"; attempt: number; device: DeviceChoice; isSilenced: boolean }
  | { type: "failed"; attempt: number; why: DeviceTrouble }
  /** No answer for several seconds, although the browser is not asking the user. */
  | { type: "late"; attempt: number }
  /** The open track ended without us. */
  | { type: "ended" }
  | { type: "silenced"; isSilenced: boolean }
  | { type: "listed"; present: readonly DeviceChoice[]; count: number }
  | { type: "permission"; state: PermissionState };

export type DeviceEffect =
  /** `isExact`: this device or none. Otherwise another one when it is gone. */
  | { do: "open"; attempt: number; deviceId: string | undefined; isExact: boolean }
  /** Uses the opened track and stops the one before. */
  | { do: "use"; attempt: number }
  /** Stops the opened track. */
  | { do: "drop"; attempt: number }
  /** Stops the current track. */
  | { do: "close" }
  | { do: "remember"; choice: DeviceChoice | undefined }
  | { do: "tell"; news: DeviceNews };

export type DeviceStep = { state: DeviceState; effects: readonly DeviceEffect[] };

export function newDeviceState(
  chosen: DeviceChoice | undefined,
  habits: Pick<DeviceState, "staysOpen" | "canHoldTwo">,
): DeviceState {
  const nothing = { current: undefined, opening: undefined, trouble: undefined, missed: undefined };
  return { isWanted: false, chosen, ...nothing, present: [], count: 0, busy: [], attempts: 0, ...habits };
}

/** The status the screen shows. `on` only while an open device carries sound or pictures. */
export function statusOf({ isWanted, current, opening, trouble }: DeviceState): DeviceStatus {
  if (!isWanted) return "off";
  if (current) return current.isSilenced ? "silenced" : "on";
  if (opening) return opening.isLate ? "unanswered" : "starting";
  return trouble ?? "off";
}

/** The device in use, or the one that switching on would open. Undefined for the browser's choice. */
export function deviceIdOf({ current, chosen, present }: DeviceState): string | undefined {
  if (current) return current.deviceId;
  return present.some(({ deviceId }) => deviceId === chosen?.deviceId) ? chosen?.deviceId : undefined;
}

/** Another device that may work while the wanted one does not. */
export function offerOf(state: DeviceState): DeviceChoice | undefined {
  const status = statusOf(state);
  if (status !== "busy" && status !== "failed" && status !== "unanswered") return undefined;
  const failing = state.opening?.deviceId ?? deviceIdOf(state) ?? state.present[0]?.deviceId;
  return state.present.find(({ deviceId }) => deviceId !== failing && !state.busy.includes(deviceId));
}
