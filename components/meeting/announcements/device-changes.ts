import type { DeviceStatus } from "#lib/call/media/devices.ts";
import type { Texts } from "#components/texts/texts.ts";

/**
 * What is spoken when my microphone or camera comes to another state; empty where nothing is. What is on its way is not.
 *
 * @param trouble - What is the matter with it now, in a few words.
 */
export function deviceChangeText(
  t: Texts,
  kind: "microphone" | "camera",
  before: DeviceStatus,
  after: DeviceStatus,
  trouble: string | undefined,
): string {
  if (before === after || after === "starting") return "";
  if (trouble) return t("announce.sentence", { text: trouble });
  if (after === "on") return t(`announce.on.${kind}`);
  return before === "on" || before === "silenced" ? t(`announce.off.${kind}`) : "";
}

/** The same of my screen. */
export function shareChangeText(t: Texts, before: DeviceStatus, after: DeviceStatus): string {
  if (before === after || after === "starting") return "";
  if (after === "on") return t("announce.sharing");
  if (after === "silenced") return t("announce.sharePaused");
  return before === "on" || before === "silenced" ? t("announce.stoppedSharing") : "";
}
