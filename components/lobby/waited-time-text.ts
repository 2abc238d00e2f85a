import type { Texts } from "#components/texts/texts.ts";
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long a guest has waited, short enough for a list: `just now`, `12 s`, `3 min`, `1 h 5 min`. */
export function waitedTimeText(t: Texts, waitedMs: number): string {
  if (waitedMs < 5_000) return t("time.justNow");
  if (waitedMs < MINUTE_MS) return t("time.seconds", { seconds: Math.floor(waitedMs / 1000) });
  if (waitedMs < HOUR_MS) return t("time.minutes", { minutes: Math.floor(waitedMs / MINUTE_MS) });
  const minutes = Math.floor((waitedMs % HOUR_MS) / MINUTE_MS);
  const hours = Math.floor(waitedMs / HOUR_MS);
  return minutes === 0 ? t("time.hours", { hours }) : t("time.hoursMinutes", { hours, minutes });
}
