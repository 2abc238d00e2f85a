import type { TextKey } from "#components/texts/texts.ts";

/** Minutes and seconds until `ms` is over: "9:41". Rounds up, so that it reads 0:00 only when it is over. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** What a guest can do who was denied; its text needs the number of requests left as `count`. */
export function deniedAdvice(asksLeft: number, isForNetwork: boolean): TextKey {
  if (asksLeft > 0) return isForNetwork ? "waiting.adviceLeftNetwork" : "waiting.adviceLeft";
  return isForNetwork ? "waiting.adviceOverNetwork" : "waiting.adviceOver";
}
