const time = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });

/** The time of day as the reader's system writes it. */
export const clockText = (atMs: number): string => time.format(atMs);
