import type { DeviceChoice, DeviceNews, DeviceTrouble } from "./devices.ts";

/** Where the meeting sounds. */
export type SpeakerState = {
  chosen: DeviceChoice | undefined;
  present: readonly DeviceChoice[];
  /** The browser names them, and did not before it was allowed to. */
  areNamed: boolean;
  /** Chosen, and the browser would not play there. */
  refused: string | undefined;
};

export type SpeakerEvent =
  | { type: "choose"; choice: DeviceChoice }
  | { type: "listed"; present: readonly DeviceChoice[] }
  | { type: "failed"; deviceId: string; why: DeviceTrouble };

export type SpeakerStep = { state: SpeakerState; news: DeviceNews | undefined };

/** The system's own choice, which has no name of ours. */
export const SYSTEM_SPEAKER: DeviceChoice = { deviceId: "", label: "" };

/** The one that plays: the chosen one, and the system's while that is away. */
export function speakerInUse({ chosen, present, areNamed, refused }: SpeakerState): DeviceChoice {
  if (!chosen || chosen.deviceId === refused) return SYSTEM_SPEAKER;
  return !areNamed || has(present, chosen) ? chosen : SYSTEM_SPEAKER;
}

export function newSpeakerState(chosen: DeviceChoice | undefined): SpeakerState {
  return { chosen, present: [], areNamed: false, refused: undefined };
}

/** What becomes of the speaker by one event, and what is said about it. */
export function stepSpeaker(state: SpeakerState, event: SpeakerEvent): SpeakerStep {
  switch (event.type) {
    case "choose":
      return quietly({ ...state, chosen: event.choice, refused: undefined });
    case "listed":
      return listed(state, event.present);
    case "failed":
      return failed(state, event.deviceId);
    default:
      return event satisfies never;
  }
}

function listed(before: SpeakerState, present: readonly DeviceChoice[]): SpeakerStep {
  const { chosen } = before;
  const isNew = chosen !== undefined && has(present, chosen) && !has(before.present, chosen);
  // Connected again it may work.
  const refused = isNew && before.areNamed ? undefined : before.refused;
  const state = { ...before, present, areNamed: before.areNamed || present.length > 0, refused };
  if (!chosen) return quietly(state);
  const [was, is] = [speakerInUse(before), speakerInUse(state)];
  if (was.deviceId === is.deviceId) return quietly(state);
  if (is.deviceId === chosen.deviceId) return { state, news: { type: "picked-up", used: chosen } };
  const news: DeviceNews = before.areNamed
    ? { type: "replaced", lost: chosen, used: SYSTEM_SPEAKER }
    : { type: "not-there", wanted: chosen, used: SYSTEM_SPEAKER };
  return { state, news };
}

function failed(state: SpeakerState, deviceId: string): SpeakerStep {
  const { chosen } = state;
  if (chosen?.deviceId !== deviceId || state.refused === deviceId) return quietly(state);
  const news = { type: "not-there", wanted: chosen, used: SYSTEM_SPEAKER } as const;
  return { state: { ...state, refused: deviceId }, news };
}

const quietly = (state: SpeakerState): SpeakerStep => ({ state, news: undefined });

function has(present: readonly DeviceChoice[], { deviceId }: DeviceChoice): boolean {
  return present.some((one) => one.deviceId === deviceId);
}
