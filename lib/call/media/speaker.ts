import { type Store, createStore } from "#lib/live/store.ts";
import { troubleOf } from "./capture.ts";
import type { DeviceChoice, DeviceNews, DeviceTrouble } from "./devices.ts";

/** The speaker in use, before the meeting and in it. */
export type Speaker = {
  /** `""` for the system's own choice. */
  deviceId: Store<string>;
  /** Keeps the previous speaker when the new one does not play. */
  choose: (choice: DeviceChoice) => Promise<void>;
  listed: (present: readonly DeviceChoice[]) => void;
  /** Sound could not be played on this speaker. */
  failed: (deviceId: string, error: unknown) => void;
};

export type SpeakerEvents = {
  chosen: (choice: DeviceChoice) => void;
  news: (news: DeviceNews) => void;
};

/** @param tryOn - Rejects where the browser does not play on this speaker. */
export function createSpeaker(
  chosen: DeviceChoice | undefined,
  events: SpeakerEvents,
  tryOn: (deviceId: string) => Promise<void> = tryElementOn,
): Speaker {
  let state = newSpeakerState(chosen);
  const deviceId = createStore(speakerInUse(state).deviceId);
  const send = (event: SpeakerEvent) => {
    const step = stepSpeaker(state, event);
    ({ state } = step);
    deviceId.set(speakerInUse(state).deviceId);
    if (step.news) events.news(step.news);
  };
  return {
    deviceId,
    async choose(choice) {
      try {
        await tryOn(choice.deviceId);
        events.chosen(choice);
        send({ type: "choose", choice });
      } catch (error) {
        events.news({ type: "switch-failed", wanted: choice, why: troubleOf(error), used: speakerInUse(state) });
      }
    },
    listed: (present) => send({ type: "listed", present }),
    failed: (id, error) => send({ type: "failed", deviceId: id, why: troubleOf(error) }),
  };
}

async function tryElementOn(deviceId: string): Promise<void> {
  await new Audio().setSinkId(deviceId);
}

/** The chosen speaker and what is known of it. */
export type SpeakerState = {
  chosen: DeviceChoice | undefined;
  present: readonly DeviceChoice[];
  /** The browser has named speakers, which it does only with permission. */
  areNamed: boolean;
  /** The chosen speaker, if the browser could not play there. */
  refused: string | undefined;
};

export type SpeakerEvent =
  | { type: "choose"; choice: DeviceChoice }
  | { type: "listed"; present: readonly DeviceChoice[] }
  | { type: "failed"; deviceId: string; why: DeviceTrouble };

export type SpeakerStep = { state: SpeakerState; news: DeviceNews | undefined };

/** The system's default speaker. */
export const SYSTEM_SPEAKER: DeviceChoice = { deviceId: "", label: "" };

/** The chosen speaker, or the system's while that is unplugged. */
export function speakerInUse({ chosen, present, areNamed, refused }: SpeakerState): DeviceChoice {
  if (!chosen || chosen.deviceId === refused) return SYSTEM_SPEAKER;
  return !areNamed || has(present, chosen) ? chosen : SYSTEM_SPEAKER;
}

export function newSpeakerState(chosen: DeviceChoice | undefined): SpeakerState {
  return { chosen, present: [], areNamed: false, refused: undefined };
}

/** The next state after an event, and what to tell the user. */
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
  // Reconnected, it may work.
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
