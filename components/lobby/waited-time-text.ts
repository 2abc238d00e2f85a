const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long a guest has waited, short enough for a list: `just now`, `12 s`, `3 min`, `1 h 5 min`. */
export function waitedTimeText(waitedMs: number): string {
  if (waitedMs < 5_000) return "just now";
  if (waitedMs < MINUTE_MS) return `${Math.floor(waitedMs / 1000)} s`;
  if (waitedMs < HOUR_MS) return `${Math.floor(waitedMs / MINUTE_MS)} min`;
  const minutes = Math.floor((waitedMs % HOUR_MS) / MINUTE_MS);
  const hours = `${Math.floor(waitedMs / HOUR_MS)} h`;
  return minutes === 0 ? hours : `${hours} ${minutes} min`;
}
