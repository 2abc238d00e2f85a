import { reuse } from "#lib/live/reuse.ts";
import { type Store, createStore } from "#lib/live/store.ts";
import { isAsking, watchPermission } from "./device-permission.ts";
import {
  type DeviceEffect,
  type DeviceEvent,
  type DeviceState,
  deviceIdOf,
  newDeviceState,
  offerOf,
  statusOf,
} from "./device-state.ts";
import { stepDevice } from "./device-reducer.ts";
import type { DeviceChoice, DeviceNews, DeviceView } from "./devices.ts";
import { createHeldTrack } from "./held-track.ts";
import { troubleOf } from "./media-error.ts";
import type { CaptureKind, OpenDevice } from "./capture.ts";

/** A camera takes up to four seconds to start; one that takes longer than this, in milliseconds, does not answer. */
const LATE_MS = 7_000;

/** My camera or microphone, before the call and in it: one state, whatever it was that changed it. */
export type LocalDevice = {
  view: Store<DeviceView>;
  /** The open track. A microphone that is off may have one; it is disabled then. */
  track: Store<MediaStreamTrack | undefined>;
  isOn: () => boolean;
  /** Resolves when it is on or off, or in trouble; waiting for the browser's question counts as on its way. */
  setOn: (isOn: boolean) => Promise<void>;
  choose: (choice: DeviceChoice) => void;
  /** These are connected now. */
  listed: (present: readonly DeviceChoice[], count: number) => void;
  /** Looks whether the track was stopped by others, which tells no one. */
  check: () => void;
  /** From now on switching it off leaves it open. */
  stayOpen: () => void;
  dispose: () => void;
};

type Events = {
  /** Devices may have names now that they had not. */
  opened: () => void;
  chosen: (choice: DeviceChoice | undefined) => void;
  news: (news: DeviceNews) => void;
};

type Habits = { chosen: DeviceChoice | undefined; canHoldTwo: boolean };

export function createLocalDevice(kind: CaptureKind, open: OpenDevice, habits: Habits, events: Events): LocalDevice {
  let state = newDeviceState(habits.chosen, { staysOpen: false, canHoldTwo: habits.canHoldTwo });
  const { track, hold } = createHeldTrack({
    ended: () => send({ type: "ended" }),
    silenced: (isSilenced) => send({ type: "silenced", isSilenced }),
  });
  const view = createStore<DeviceView>(viewOf(state));
  const answers = new Map<number, MediaStreamTrack>();

  const send = (event: DeviceEvent) => {
    const step = stepDevice(state, event);
    ({ state } = step);
    for (const effect of step.effects) carryOut(effect);
    const current = track.getSnapshot();
    if (current && current.enabled !== state.isWanted) current.enabled = state.isWanted;
    view.set(reuse(view.getSnapshot(), viewOf(state)));
  };
  const carryOut = (effect: DeviceEffect) => {
    switch (effect.do) {
      case "open":
        return void answer(effect);
      case "use":
        hold(answers.get(effect.attempt));
        answers.delete(effect.attempt);
        return events.opened();
      case "drop":
        answers.get(effect.attempt)?.stop();
        return void answers.delete(effect.attempt);
      case "close":
        return hold(undefined);
      case "remember":
        return events.chosen(effect.choice);
      case "tell":
        return events.news(effect.news);
      default:
        return effect satisfies never;
    }
  };
  const answer = async ({ attempt, deviceId, isExact }: DeviceEffect & { do: "open" }) => {
    const stop = watchPatience(kind, () => send({ type: "late", attempt }));
    try {
      const opened = await open(kind, deviceId, isExact);
      answers.set(attempt, opened);
      const device = { deviceId: opened.getSettings().deviceId ?? "", label: opened.label };
      send({ type: "opened", attempt, device, isSilenced: false });
    } catch (error) {
      send({ type: "failed", attempt, why: troubleOf(error) });
    } finally {
      stop();
    }
  };
  const stopWatching = watchPermission(kind, (now) => send({ type: "permission", state: now }));

  return {
    view,
    track,
    isOn: () => statusOf(state) === "on",
    setOn(isOn) {
      send({ type: "set-on", isOn });
      return until(view, ({ status }) => status !== "starting");
    },
    choose: (choice) => send({ type: "choose", choice }),
    listed: (present, count) => send({ type: "listed", present, count }),
    check() {
      if (track.getSnapshot()?.readyState !== "ended") return;
      hold(undefined);
      send({ type: "ended" });
    },
    stayOpen() {
      state = { ...state, staysOpen: true };
    },
    dispose() {
      stopWatching();
      state = { ...state, staysOpen: false };
      send({ type: "set-on", isOn: false });
    },
  };
}

function viewOf(state: DeviceState): DeviceView {
  return { status: statusOf(state), deviceId: deviceIdOf(state), offer: offerOf(state) };
}

/** Tells when a device has not answered for too long; while the browser asks the participant, that is their time. */
function watchPatience(kind: CaptureKind, tell: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let isOver = false;
  const look = async () => {
    if (!(await isAsking(kind))) return isOver || tell();
    if (!isOver) timer = setTimeout(() => void look(), LATE_MS);
    return undefined;
  };
  timer = setTimeout(() => void look(), LATE_MS);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

function until<T>(store: Store<T>, isSo: (value: T) => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (isSo(store.getSnapshot())) return resolve();
    const unsubscribe = store.subscribe(() => {
      if (!isSo(store.getSnapshot())) return;
      unsubscribe();
      resolve();
    });
  });
}
