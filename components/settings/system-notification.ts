import { preferences } from "#components/preferences/preferences.ts";

export type NotificationState = "unsupported" | "unasked" | "granted" | "denied";

/** What the browser says about notifications of the system. */
export function notificationState(): NotificationState {
  if (typeof Notification === "undefined") return "unsupported";
  return Notification.permission === "default" ? "unasked" : Notification.permission;
}

/** Asks for the permission; only ever called by a press of a button. */
export async function askToNotify(): Promise<NotificationState> {
  if (typeof Notification === "undefined") return "unsupported";
  await Notification.requestPermission();
  return notificationState();
}

/** Shows a system notification, if it is switched on and permitted and the page is hidden. */
export function notifyOfKnock(text: string): void {
  if (!preferences.getSnapshot().areNotificationsOn || notificationState() !== "granted" || !document.hidden) return;
  try {
    const notification = new Notification("Veet", { body: text, tag: "veet-knock" });
    notification.addEventListener("click", () => {
      window.focus();
      notification.close();
    });
  } catch {
    // Chrome on Android shows notifications from a service worker only; sound, card and title are still there.
  }
}
