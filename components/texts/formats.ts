/** How dates, times and lists are written. */
export type Formats = {
  /** "20 February 2027", in the reader's time zone. */
  date: (atMs: number) => string;
  /** "14:44" or "2:44 PM". */
  time: (atMs: number) => string;
  /** "a, b and c". */
  list: (items: readonly string[]) => string;
};

/** The browser's own variant of the page's language, such as `en-GB`, which decides on 24 hours and the order of a date. */
export function regionalTag(language: string, wanted: readonly string[]): string {
  return wanted.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}

/** @param timeZone - The reader's own without it. */
export function formatsOf(tag: string, timeZone?: string): Formats {
  const zone = timeZone ? { timeZone } : {};
  const date = new Intl.DateTimeFormat(tag, { day: "numeric", month: "long", year: "numeric", ...zone });
  const time = new Intl.DateTimeFormat(tag, { hour: "numeric", minute: "2-digit", ...zone });
  const list = new Intl.ListFormat(tag, { type: "conjunction" });
  return { date: (atMs) => date.format(atMs), time: (atMs) => time.format(atMs), list: (items) => list.format(items) };
}
