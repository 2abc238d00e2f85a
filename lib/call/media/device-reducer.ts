import {
  type DeviceEffect,
  type DeviceEvent,
  type DeviceState,
  type DeviceOpening,
  type DeviceStep,
} from "./device-state.ts";
import type { DeviceChoice, DeviceTrouble } from "./devices.ts";

/** The next state after an event, and the effects to carry out. */
export function stepDevice(state: DeviceState, event: DeviceEvent): DeviceStep {
  switch (event.type) {
    case "set-on":
      return event.isOn ? switchOn(state) : switchOff(state);
    case "choose":
      return choose(state, event.choice);
    case "opened":
      return opened(state, event);
    case "failed":
      return failed(state, event);
    case "late":
      return late(state, event.attempt);
    case "ended":
      return ended(state);
    case "silenced":
      if (!state.current) return stay(state);
      return stay({ ...state, current: { ...state.current, isSilenced: event.isSilenced } });
    case "listed":
      return listed(state, event);
    case "permission":
      return permission(state, event.state);
    default:
      return event satisfies never;
  }
}

const stay = (state: DeviceState, ...effects: DeviceEffect[]): DeviceStep => ({ state, effects });

type NewOpening = DeviceOpening extends infer O
  ? O extends DeviceOpening
    ? Omit<O, "attempt" | "isLate">
    : never
  : never;

function open(state: DeviceState, request: NewOpening, isExact: boolean, ...before: DeviceEffect[]): DeviceStep {
  const attempt = state.attempts + 1;
  const opening = { ...request, attempt, isLate: false } as DeviceOpening;
  const next = { ...state, attempts: attempt, opening, trouble: undefined };
  return stay(next, ...before, { do: "open", attempt, deviceId: request.deviceId, isExact });
}

function switchOn(state: DeviceState): DeviceStep {
  const next = { ...state, isWanted: true };
  const { current, opening } = state;
  if (state.isWanted && opening && !opening.isLate) return stay(next);
  if (current && !current.isSilenced) return stay(next);
  // Reopening may help: another program may have taken the camera and given it back.
  if (current && state.isWanted) {
    const closed = { ...next, current: undefined };
    return open(closed, { purpose: "start", deviceId: current.deviceId }, false, { do: "close" });
  }
  if (current) return stay(next);
  return open(next, { purpose: "start", deviceId: state.chosen?.deviceId }, false);
}

function switchOff(state: DeviceState): DeviceStep {
  const off = { ...state, isWanted: false, opening: undefined, trouble: undefined };
  if (!state.current || state.staysOpen) return stay(off);
  return stay({ ...off, current: undefined }, { do: "close" });
}

function choose(state: DeviceState, choice: DeviceChoice): DeviceStep {
  const remember: DeviceEffect = { do: "remember", choice };
  const { current, chosen } = state;
  const next = { ...state, chosen: choice };
  if (current?.deviceId === choice.deviceId) return stay({ ...next, opening: undefined }, remember);
  const { deviceId } = choice;
  if (!state.isWanted) {
    const close: DeviceEffect[] = current ? [{ do: "close" }] : [];
    return stay({ ...next, current: undefined }, remember, ...close);
  }
  if (!current) return open(next, { purpose: "start", deviceId }, false, remember);
  const request = { purpose: "switch", deviceId, wanted: choice, before: chosen } as const;
  if (state.canHoldTwo) return open(next, { ...request, letGo: undefined }, true, remember);
  const letGo = { deviceId: current.deviceId, label: current.label };
  return open({ ...next, current: undefined }, { ...request, letGo }, true, remember, { do: "close" });
}

function opened(state: DeviceState, { attempt, device, isSilenced }: DeviceEvent & { type: "opened" }): DeviceStep {
  const { opening, chosen } = state;
  if (opening?.attempt !== attempt || !state.isWanted) return stay(state, { do: "drop", attempt });
  // Which devices are busy may have changed by the next time.
  const settled = { opening: undefined, trouble: undefined, busy: [] };
  const next: DeviceState = { ...state, current: { ...device, isSilenced }, ...settled };
  const use: DeviceEffect = { do: "use", attempt };
  switch (opening.purpose) {
    case "start": {
      const isAsked = chosen && opening.deviceId === chosen.deviceId && device.deviceId !== "";
      if (!isAsked || device.deviceId === chosen.deviceId || state.missed === chosen.deviceId) return stay(next, use);
      const news = { type: "not-there", wanted: chosen, used: device } as const;
      return stay({ ...next, missed: chosen.deviceId }, use, { do: "tell", news });
    }
    case "switch":
      return stay(next, use);
    case "replace": {
      const isSame = device.deviceId === opening.lost.deviceId && device.label === opening.lost.label;
      if (isSame) return stay(next, use);
      const missed = chosen?.deviceId;
      return stay({ ...next, missed }, use, {
        do: "tell",
        news: { type: "replaced", lost: opening.lost, used: device },
      });
    }
    case "pick-up":
      return stay(next, use, { do: "tell", news: { type: "picked-up", used: device } });
    case "restore": {
      const { wanted, why } = opening;
      return stay(next, use, { do: "tell", news: { type: "switch-failed", wanted, why, used: device } });
    }
    default:
      return opening satisfies never;
  }
}

function failed(before: DeviceState, { attempt, why }: DeviceEvent & { type: "failed" }): DeviceStep {
  const { opening } = before;
  if (opening?.attempt !== attempt) return stay(before);
  const tried = opening.deviceId ?? before.present[0]?.deviceId;
  const isNewlyBusy = why === "busy" && tried !== undefined && !before.busy.includes(tried);
  const state = isNewlyBusy ? { ...before, busy: [...before.busy, tried] } : before;
  const troubled = { ...state, opening: undefined, trouble: why };
  switch (opening.purpose) {
    case "start":
    case "pick-up":
      return stay(troubled);
    case "switch":
      return switchFailed(state, opening, why);
    case "replace":
      return replaceFailed(state, opening, why);
    case "restore": {
      const news = { type: "switch-failed", wanted: opening.wanted, why: opening.why, used: undefined } as const;
      return stay(troubled, { do: "tell", news });
    }
    default:
      return opening satisfies never;
  }
}

function switchFailed(
  state: DeviceState,
  opening: DeviceOpening & { purpose: "switch" },
  why: DeviceTrouble,
): DeviceStep {
  const { wanted, before, letGo } = opening;
  if (letGo) {
    const back = { ...state, chosen: before };
    const remember: DeviceEffect = { do: "remember", choice: before };
    return open(back, { purpose: "restore", deviceId: letGo.deviceId, wanted, why }, false, remember);
  }
  return giveUpSwitch(state, opening, why);
}

/** The old device keeps running. */
function giveUpSwitch(
  state: DeviceState,
  opening: DeviceOpening & { purpose: "switch" },
  why: DeviceTrouble,
): DeviceStep {
  const { wanted, before } = opening;
  const used = state.current && { deviceId: state.current.deviceId, label: state.current.label };
  return stay(
    { ...state, opening: undefined, chosen: before },
    { do: "remember", choice: before },
    { do: "tell", news: { type: "switch-failed", wanted, why, used } },
  );
}

function replaceFailed(
  state: DeviceState,
  opening: DeviceOpening & { purpose: "replace" },
  why: DeviceTrouble,
): DeviceStep {
  const { lost, tried } = opening;
  const next = state.present.find(({ deviceId }) => !tried.includes(deviceId) && !state.busy.includes(deviceId));
  if (next && why !== "denied") {
    const request = { purpose: "replace", deviceId: next.deviceId, lost, tried: [...tried, next.deviceId] } as const;
    return open(state, request, true);
  }
  const isNoneLeft = state.present.every(({ deviceId }) => deviceId === lost.deviceId);
  const trouble = why !== "denied" && isNoneLeft ? "missing" : why;
  return stay({ ...state, opening: undefined, trouble });
}

function late(state: DeviceState, attempt: number): DeviceStep {
  const { opening } = state;
  if (opening?.attempt !== attempt) return stay(state);
  if (opening.purpose === "switch" && state.current) return giveUpSwitch(state, opening, "unanswered");
  return stay({ ...state, opening: { ...opening, isLate: true } });
}

function ended(state: DeviceState, ...effects: DeviceEffect[]): DeviceStep {
  const { current, opening } = state;
  if (!current) return stay(state);
  const gone = { ...state, current: undefined };
  if (!state.isWanted) return stay(gone, ...effects);
  const lost = { deviceId: current.deviceId, label: current.label };
  if (opening) {
    const { attempt, deviceId, isLate } = opening;
    const tried = [lost.deviceId, ...(deviceId === undefined ? [] : [deviceId])];
    const replacing: DeviceOpening = { purpose: "replace", attempt, deviceId, isLate, lost, tried };
    return stay({ ...gone, opening: replacing }, ...effects);
  }
  // It may have ended without being unplugged. If it is gone, the browser opens another one.
  const request = { purpose: "replace", deviceId: lost.deviceId, lost, tried: [lost.deviceId] } as const;
  return open(gone, request, false, ...effects);
}

function listed(before: DeviceState, { present, count }: DeviceEvent & { type: "listed" }): DeviceStep {
  const has = (list: readonly DeviceChoice[], id: string | undefined) => list.some(({ deviceId }) => deviceId === id);
  const isNew = (id: string | undefined) => has(present, id) && !has(before.present, id);
  const busy = before.busy.filter((id) => has(present, id) && !isNew(id));
  const { current, chosen, trouble } = before;
  const missed = has(present, chosen?.deviceId) ? undefined : before.missed;
  const state = { ...before, present, count, busy, missed };
  // Some browsers do not end the track of an unplugged headset.
  const isTaken = current && has(before.present, current.deviceId) && !has(present, current.deviceId);
  if (isTaken) return ended(state, { do: "close" });
  const isMore = count > before.count || present.some(({ deviceId }) => isNew(deviceId));
  const isWaitedFor = state.isWanted && !current && !state.opening && (trouble === "missing" || trouble === "failed");
  if (isMore && isWaitedFor) return open(state, { purpose: "pick-up", deviceId: chosen?.deviceId }, false);
  if (!state.isWanted || !current || !chosen || current.deviceId === chosen.deviceId) return stay(state);
  const isBack = before.present.length > 0 && isNew(chosen.deviceId);
  return isBack ? stay(state, { do: "tell", news: { type: "back", device: chosen } }) : stay(state);
}

function permission(state: DeviceState, now: PermissionState): DeviceStep {
  if (state.trouble !== "denied" || now === "denied") return stay(state);
  if (now === "granted") return open(state, { purpose: "start", deviceId: state.chosen?.deviceId }, false);
  // The browser will prompt again.
  return stay({ ...state, isWanted: false, trouble: undefined });
}
