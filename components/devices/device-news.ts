import type { DeviceChoice, DeviceKind, DeviceNews, DeviceNewsItem, DeviceTrouble } from "#lib/call/media/devices.ts";
import type { LocalMedia } from "#lib/call/media/devices.ts";

/** News of a device as words, with the device that may be used instead. */
export type NewsText = { title: string; sentence: string; offer: DeviceChoice | undefined };

/** The text for a device that changed without the user, or could not be switched. */
export function newsText(kind: DeviceKind, news: DeviceNews): NewsText {
  switch (news.type) {
    case "replaced":
      return {
        title: `${nameOf(kind, news.lost)} was disconnected`,
        sentence: nowUsed(kind, news.used),
        offer: undefined,
      };
    case "not-there":
      return {
        title: `${nameOf(kind, news.wanted)} is not connected`,
        sentence: nowUsed(kind, news.used),
        offer: undefined,
      };
    case "picked-up":
      return {
        title: `${nameOf(kind, news.used)} is connected`,
        sentence: { microphone: "Others can hear you.", camera: "Others can see you.", speaker: "Audio plays there." }[
          kind
        ],
        offer: undefined,
      };
    case "switch-failed":
      return {
        title: `${nameOf(kind, news.wanted)} ${FAILS[news.why]}`,
        sentence: news.used ? nowUsed(kind, news.used, true) : `Your ${kind} is off.`,
        offer: undefined,
      };
    case "back":
      return {
        title: `${nameOf(kind, news.device)} is connected again`,
        sentence: "You’re using another one.",
        offer: news.device,
      };
    default:
      return news satisfies never;
  }
}

const FAILS: Record<DeviceTrouble, string> = {
  denied: "is blocked",
  missing: "is not connected",
  busy: "is in use by another app",
  unanswered: "isn’t responding",
  insecure: "needs a secure page",
  unsupported: "isn’t supported by this browser",
  failed: "didn’t start",
};

function nameOf(kind: DeviceKind, { label }: DeviceChoice): string {
  return label === "" ? `The ${kind} you used last time` : label;
}

function nowUsed(kind: DeviceKind, { label }: DeviceChoice, isStill = false): string {
  if (kind === "speaker" && label === "") return "Audio now plays on the system speaker.";
  return `${isStill ? "Still" : "Now"} using ${label || "another one"}.`;
}

/** The newest news of each device, as long as it is true: once another device is in use it is not. */
export function standingNews(media: LocalMedia): DeviceNewsItem[] {
  const newest = new Map(media.news.map((item) => [item.kind, item]));
  return [...newest.values()].filter((item) => {
    const now = media[item.kind].deviceId;
    if (item.type === "back") return now !== item.device.deviceId;
    return item.used === undefined || item.used.deviceId === (now ?? "");
  });
}
