"use client";
import { useState } from "react";
import { changePreferences } from "#components/preferences/preferences.ts";
import { askToNotify, type NotificationState, notificationState } from "./system-notification.ts";
import { usePreferences } from "#components/preferences/use-preferences.ts";

type Notifications = { state: NotificationState; isOn: boolean; set: (isOn: boolean) => void };

/** Whether knocks show a system notification. Switching it on asks the browser for permission. */
export function useNotifications(): Notifications {
  const { areNotificationsOn } = usePreferences();
  const [state, setState] = useState(notificationState);
  const set = async (isOn: boolean) => {
    const next = isOn && state === "unasked" ? await askToNotify() : state;
    setState(next);
    changePreferences({ areNotificationsOn: isOn && next === "granted" });
  };
  return { state, isOn: areNotificationsOn && state === "granted", set: (isOn) => void set(isOn) };
}
