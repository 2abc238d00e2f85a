import type { DeviceChoice, DeviceKind, DeviceNews, DeviceNewsItem } from "#lib/call/media/devices.ts";
import type { LocalMedia } from "#lib/call/media/devices.ts";
import type { Texts } from "#components/texts/texts.ts";

/** News of a device as words, with the device that may be used instead. */
export type NewsText = { title: string; sentence: string; offer: DeviceChoice | undefined };

/** The text for a device that changed without the user, or could not be switched. */
export function newsText(t: Texts, kind: DeviceKind, news: DeviceNews): NewsText {
  const nameOf = ({ label }: DeviceChoice) => ({ device: label || t(`devices.news.lastUsed.${kind}`) });
  switch (news.type) {
    case "replaced":
      return {
        title: t("devices.news.disconnected", nameOf(news.lost)),
        sentence: nowUsed(t, kind, news.used),
        offer: undefined,
      };
    case "not-there":
      return {
        title: t("devices.news.notConnected", nameOf(news.wanted)),
        sentence: nowUsed(t, kind, news.used),
        offer: undefined,
      };
    case "picked-up":
      return {
        title: t("devices.news.connected", nameOf(news.used)),
        sentence: t(`devices.news.works.${kind}`),
        offer: undefined,
      };
    case "switch-failed":
      return {
        title: t(`devices.news.switchFailed.${news.why}`, nameOf(news.wanted)),
        sentence: news.used ? stillUsed(t, kind, news.used) : t(`devices.news.off.${kind}`),
        offer: undefined,
      };
    case "back":
      return {
        title: t("devices.news.connectedAgain", nameOf(news.device)),
        sentence: t("devices.news.usingOther"),
        offer: news.device,
      };
    default:
      return news satisfies never;
  }
}

function nowUsed(t: Texts, kind: DeviceKind, { label }: DeviceChoice): string {
  if (kind === "speaker" && label === "") return t("devices.news.systemSpeaker");
  return label === "" ? t("devices.news.nowUsingOther") : t("devices.news.nowUsing", { device: label });
}

function stillUsed(t: Texts, kind: DeviceKind, { label }: DeviceChoice): string {
  if (kind === "speaker" && label === "") return t("devices.news.systemSpeaker");
  return label === "" ? t("devices.news.stillUsingOther") : t("devices.news.stillUsing", { device: label });
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
