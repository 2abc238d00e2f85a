"use client";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import type { DeviceStatus } from "#lib/meeting/devices.ts";
import type { LockableSource } from "#lib/rooms/room.ts";
import type { Advice } from "#components/devices/device-advice.ts";
import { useBrowser } from "#components/devices/use-browser.ts";
import { attempt } from "./attempt.ts";
import { sourceAdvice } from "./source-advice.ts";
import { useCall, useIsModerator, useMedia, useMeeting } from "./use-meeting.ts";

export type DeviceSwitch = {
  status: DeviceStatus;
  isOn: boolean;
  isLocked: boolean;
  /** What is the matter and how to mend it. */
  advice: Advice | undefined;
  /** Turns it on or off; says what is the matter when it cannot. */
  press: () => void;
};

/** One of my devices, as a control shows it. */
export function useDeviceSwitch(source: LockableSource): DeviceSwitch {
  const meeting = useMeeting();
  const isModerator = useIsModerator();
  const status = useMedia((media) => media[source].status);
  const isLocked = useCall(({ room }) => room.locks[source]) && !isModerator;
  const advice = sourceAdvice(source, status, isLocked, useBrowser());
  const isOn = status === "on" || status === "starting";
  const set = { microphone: meeting.setMicrophone, camera: meeting.setCamera, screenShare: meeting.setScreenShare }[
    source
  ];
  const press = () => {
    if (isLocked && !isOn && advice) tell(advice);
    else void attempt(async () => void (await set(!isOn)));
  };
  return { status, isOn, isLocked, advice, press };
}

/** Says what is the matter with a device when that begins, wherever it was switched from. Used once per device. */
export function useDeviceAdvice(source: LockableSource): void {
  const status = useMedia((media) => media[source].status);
  const browser = useBrowser();
  const before = useRef(status);
  useEffect(() => {
    const advice = before.current === status ? undefined : sourceAdvice(source, status, false, browser);
    before.current = status;
    if (advice) tell(advice);
  }, [source, status, browser]);
}

/** Long enough to read two sentences, in milliseconds. */
const ADVICE_MS = 10_000;

function tell({ title, sentence }: Advice): void {
  toast(title, { description: sentence, position: "top-center", duration: ADVICE_MS, id: title });
}
