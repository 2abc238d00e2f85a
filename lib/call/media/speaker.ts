import { type Store, createStore } from "#lib/live/store.ts";
import type { DeviceChoice, DeviceNews } from "./devices.ts";
import { troubleOf } from "./media-error.ts";
import { type SpeakerEvent, newSpeakerState, speakerInUse, stepSpeaker } from "./speaker-state.ts";

/** Where the meeting sounds, before it and in it. */
export type Speaker = {
  /** `""` for the system's own choice. */
  deviceId: Store<string>;
  /** Keeps the one before where the new one does not play. */
  choose: (choice: DeviceChoice) => Promise<void>;
  listed: (present: readonly DeviceChoice[]) => void;
  /** Something of ours could not be played there. */
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
