import type { DeviceStatus } from "#lib/call/media/devices.ts";
import type { LockableSource } from "#lib/rooms/room.ts";
import { type Advice, type Browser, deviceAdvice, isTrouble } from "#components/devices/device-advice.ts";
import type { Texts } from "#components/texts/texts.ts";

type Situation = { status: DeviceStatus; isLocked: boolean; browser: Browser };

/** What to show a participant who cannot send a source; undefined when there is no problem. A lock comes before device problems. */
export function sourceAdvice(
  t: Texts,
  source: LockableSource,
  { status, isLocked, browser }: Situation,
): Advice | undefined {
  if (isLocked) return { title: t(`advice.locked.${source}`), sentence: t("advice.lockedNote") };
  return source === "screenShare" ? shareAdvice(t, status) : deviceAdvice(t, source, status, browser);
}

function shareAdvice(t: Texts, status: DeviceStatus): Advice | undefined {
  if (status === "denied") return { title: t("advice.shareDenied"), sentence: t("advice.shareDeniedNote") };
  if (status === "silenced") return { title: t("advice.sharePaused"), sentence: t("advice.sharePausedNote") };
  return isTrouble(status) ? { title: t("advice.shareFailed"), sentence: t("advice.shareFailedNote") } : undefined;
}
