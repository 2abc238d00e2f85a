/** A duration as a text of the catalogue takes it. */
export type Duration = { unit: "seconds" | "minutes"; count: number };

/** How long until something may be tried again: seconds below a minute and a half, then minutes, rounded up. */
export function roundedDuration(seconds: number): Duration {
  if (seconds < 90) return { unit: "seconds", count: Math.max(1, Math.ceil(seconds)) };
  return { unit: "minutes", count: Math.ceil(seconds / 60) };
}
