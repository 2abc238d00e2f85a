"use client";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef } from "react";
import { dismissToast, toast } from "#components/ui/toast.tsx";
import type { DeviceChoice, DeviceKind, DeviceStatus } from "#lib/call/media/devices.ts";
import type { LockableSource } from "#lib/rooms/room.ts";
import type { Advice } from "#components/devices/device-advice.ts";
import { newsText } from "#components/devices/device-news.ts";
import { useBrowser } from "#components/devices/use-browser.ts";
import { useDeviceNews } from "#components/devices/use-device-news.ts";
import { useAttempt } from "#components/call-context/use-attempt.ts";
import { sourceAdvice } from "./source-advice.ts";
import {
  useAnnouncer,
  useCallState,
  useIsModerator,
  useMedia,
  useMeeting,
} from "#components/call-context/use-meeting.ts";

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
  const t = useTranslations();
  const attempt = useAttempt();
  const meeting = useMeeting();
  const isModerator = useIsModerator();
  const status = useMedia((media) => media[source].status);
  const isLocked = useCallState(({ room }) => room.locks[source]) && !isModerator;
  const advice = sourceAdvice(t, source, { status, isLocked, browser: useBrowser() });
  // A share that shows nothing for the moment is still mine to stop.
  const isShared = source === "screenShare" && status === "silenced";
  const isOn = status === "on" || status === "starting" || isShared;
  const set = { microphone: meeting.setMicrophone, camera: meeting.setCamera, screenShare: meeting.setScreenShare }[
    source
  ];
  const press = () => {
    if (isLocked && !isOn && advice) showAdvice(advice);
    else void attempt(async () => void (await set(!isOn)));
  };
  return { status, isOn, isLocked, advice, press };
}

/** Shows what is wrong with a device when a problem begins, and offers another device. Used once per device. */
export function useDeviceAdvice(source: LockableSource): void {
  const t = useTranslations();
  const status = useMedia((media) => media[source].status);
  const actionFor = useDeviceAction();
  const offer = useMedia((media) => (source === "screenShare" ? undefined : media[source].offer));
  const browser = useBrowser();
  const before = useRef(status);
  useEffect(() => {
    if (before.current === status) return;
    const over = sourceAdvice(t, source, { status: before.current, isLocked: false, browser });
    const advice = sourceAdvice(t, source, { status, isLocked: false, browser });
    before.current = status;
    if (over) dismissToast(over.title);
    if (!advice) return;
    const use = source !== "screenShare" && offer ? actionFor(source, offer) : undefined;
    showAdvice(advice, use);
  }, [source, status, offer, browser, actionFor, t]);
}

/** Shows and announces device changes that the user did not make. Used once. */
export function useDeviceNewsToasts(): void {
  const t = useTranslations();
  const { announce } = useAnnouncer();
  const actionFor = useDeviceAction();
  const news = useMedia((media) => media.news);
  useDeviceNews(news, (item) => {
    const { title, sentence, offer } = newsText(t, item.kind, item);
    showAdvice({ title, sentence }, offer && actionFor(item.kind, offer));
    announce(t("devices.news.item", { title, sentence }));
  });
}

type Action = { label: string; onClick: () => void };

/** The button in a toast that switches to a device. */
function useDeviceAction(): (kind: DeviceKind, device: DeviceChoice) => Action {
  const t = useTranslations();
  const attempt = useAttempt();
  const meeting = useMeeting();
  return useCallback(
    (kind, { deviceId, label }) => ({
      label: t("devices.use", { device: label }),
      onClick: () => void attempt(() => meeting.chooseDevice(kind, deviceId)),
    }),
    [meeting, attempt, t],
  );
}

/** Long enough to read two sentences, in milliseconds. */
const ADVICE_MS = 10_000;

function showAdvice({ title, sentence }: Advice, action?: Action): void {
  const look = { description: sentence, position: "top-center", duration: ADVICE_MS, id: title } as const;
  toast(title, action ? { ...look, action } : look);
}
