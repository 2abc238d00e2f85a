import type { DeviceChoice, DeviceNews, DeviceStatus, DeviceTrouble } from "./devices.ts";

/** What one camera or microphone is doing: the one truth for its button, my tile, and what is said about it. */
export type DeviceState = {
  /** The participant wants it on. It may be on its way, or in trouble. */
  isWanted: boolean;
  /** Chosen by hand, now or in an earlier visit. */
  chosen: DeviceChoice | undefined;
  /** The one that is open. `isSilenced`: the system, a key on the headset or another program keeps it from carrying anything. */
  current: (DeviceChoice & { isSilenced: boolean }) | undefined;
  opening: DeviceOpening | undefined;
  /** Why nothing is open although it is wanted. */
  trouble: DeviceTrouble | undefined;
  /** The devices that are connected, as far as the browser names them, and how many there are in all. */
  present: readonly DeviceChoice[];
  count: number;
  /** Those that another program had when they were tried last. */
  busy: readonly string[];
  /** The absence of this chosen device has been said. */
  missed: string | undefined;
  attempts: number;
  /** Switched off it stays open, muted: a microphone in the call, so that the first word after unmuting is not lost. */
  staysOpen: boolean;
  /** Two of the kind can be open at once: not two cameras of a phone, nor anything in Safari. */
  canHoldTwo: boolean;
};

/** A device that is being opened. Its number tells late answers apart. */
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
  /** No answer for several seconds, and not because the browser is asking the participant. */
  | { type: "late"; attempt: number }
  /** The open track ended without us. */
  | { type: "ended" }
  | { type: "silenced"; isSilenced: boolean }
  | { type: "listed"; present: readonly DeviceChoice[]; count: number }
  | { type: "permission"; state: PermissionState };

export type DeviceEffect =
  /** `isExact`: this device and no other. Else another one where it is gone. */
  | { do: "open"; attempt: number; deviceId: string | undefined; isExact: boolean }
  /** Takes the track that was opened, and lets the one before go. */
  | { do: "use"; attempt: number }
  /** Lets the track go that was opened. */
  | { do: "drop"; attempt: number }
  /** Lets the current track go. */
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

/** What the screen says of it. `on` only while something open carries sound or pictures. */
export function statusOf({ isWanted, current, opening, trouble }: DeviceState): DeviceStatus {
  if (!isWanted) return "off";
  if (current) return current.isSilenced ? "silenced" : "on";
  if (opening) return opening.isLate ? "unanswered" : "starting";
  return trouble ?? "off";
}

/** The device in use, else the one that switching on would open. Undefined for the browser's own choice. */
export function deviceIdOf({ current, chosen, present }: DeviceState): string | undefined {
  if (current) return current.deviceId;
  return present.some(({ deviceId }) => deviceId === chosen?.deviceId) ? chosen?.deviceId : undefined;
}

/** Another device that may work, where the one wanted does not. */
export function offerOf(state: DeviceState): DeviceChoice | undefined {
  const status = statusOf(state);
  if (status !== "busy" && status !== "failed" && status !== "unanswered") return undefined;
  const failing = state.opening?.deviceId ?? deviceIdOf(state) ?? state.present[0]?.deviceId;
  return state.present.find(({ deviceId }) => deviceId !== failing && !state.busy.includes(deviceId));
}
