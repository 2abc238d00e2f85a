import { reuse } from "#lib/live/reuse.ts";
import { type Store, createStore } from "#lib/live/store.ts";
import { type CaptureKind, type OpenDevice, troubleOf } from "./capture.ts";
import { stepDevice } from "./device-reducer.ts";
import {
  type DeviceEffect,
  type DeviceEvent,
  type DeviceState,
  deviceIdOf,
  newDeviceState,
  offerOf,
  statusOf,
} from "./device-state.ts";
import type { DeviceChoice, DeviceNews, DeviceView } from "./devices.ts";
import { type TrackEvents, watchTrack } from "./track-events.ts";

/** A camera takes up to four seconds to start; one that takes longer than this, in milliseconds, does not answer. */
const LATE_MS = 7_000;

/** A camera or microphone, before the call and in it. One state, whatever changed it. */
export type LocalDevice = {
  view: Store<DeviceView>;
  /** The open track. A microphone that is off may have one; it is disabled then. */
  track: Store<MediaStreamTrack | undefined>;
  isOn: () => boolean;
  /** Resolves when it is on, off or in trouble. While the browser asks the user it is still starting. */
  setOn: (isOn: boolean) => Promise<void>;
  choose: (choice: DeviceChoice) => void;
  /** The devices that are connected now. */
  listed: (present: readonly DeviceChoice[], count: number) => void;
  /** Checks whether other code stopped the track, which fires no event. */
  check: () => void;
  /** From now on, switching it off keeps it open. */
  stayOpen: () => void;
  dispose: () => void;
};

type Events = {
  /** Devices may have names now that the browser hid before. */
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
    const stop = watchLateness(kind, () => send({ type: "late", attempt }));
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

/** Calls `late` when a device has not answered for too long. While the browser asks the user, the time does not count. */
function watchLateness(kind: CaptureKind, late: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let isOver = false;
  const check = async () => {
    if (!(await isAsking(kind))) return isOver || late();
    if (!isOver) timer = setTimeout(() => void check(), LATE_MS);
    return undefined;
  };
  timer = setTimeout(() => void check(), LATE_MS);
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

/** The open track of a device, with its events followed. */
export type HeldTrack = {
  track: Store<MediaStreamTrack | undefined>;
  /** Holds this track and stops the one before. */
  hold: (next: MediaStreamTrack | undefined) => void;
};

export function createHeldTrack(events: TrackEvents): HeldTrack {
  const track = createStore<MediaStreamTrack | undefined>(undefined);
  let unwatch = () => {};
  const hold = (next: MediaStreamTrack | undefined) => {
    unwatch();
    const before = track.getSnapshot();
    unwatch = next ? watchTrack(next, { ...events, ended }) : () => {};
    track.set(next);
    // Stopped last, so that the sender already has the new track.
    before?.stop();
  };
  const ended = () => {
    hold(undefined);
    events.ended();
  };
  return { track, hold };
}

type Queried = Pick<PermissionStatus, "state" | "addEventListener" | "removeEventListener">;

/** @returns undefined where the browser does not report it. */
async function query(kind: CaptureKind): Promise<Queried | undefined> {
  try {
    // Firefox and older Safari do not know these names and throw.
    return await globalThis.navigator?.permissions?.query({ name: kind as PermissionName });
  } catch {
    return undefined;
  }
}

/** Whether the browser is asking the user, so that opening the device takes as long as they do. */
export async function isAsking(kind: CaptureKind): Promise<boolean> {
  return (await query(kind))?.state === "prompt";
}

/** Follows the permission until the returned function is called. */
export function watchPermission(kind: CaptureKind, changed: (state: PermissionState) => void): () => void {
  let stop = () => {};
  let isStopped = false;
  void query(kind).then((status) => {
    if (!status || isStopped) return;
    const update = () => changed(status.state);
    status.addEventListener("change", update);
    stop = () => status.removeEventListener("change", update);
  });
  return () => {
    isStopped = true;
    stop();
  };
}
