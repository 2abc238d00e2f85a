import type { RoomCode } from "#lib/ids.ts";
import { LINK_LIFETIME_MS } from "./room.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The path users open to join. */
export function meetingPath(code: RoomCode): string {
  return `/meet/${code}`;
}

/** The whole link, for sharing. */
export function meetingUrl(origin: string, code: RoomCode): string {
  return `${origin}${meetingPath(code)}`;
}

/** The link as people read it aloud: without the scheme. */
export function shownUrl(url: string): string {
  return url.replace(/^https?:\/\//, "");
}

/** Where the calendar entry of a meeting is downloaded; it begins at `startMs`. */
export function calendarPath(code: RoomCode, startMs: number): string {
  return `/api/rooms/${code}/calendar?start=${new Date(startMs).toISOString()}`;
}

/** The next full hour of local time after `now`, in ms since the epoch: half-hour time zones have their own. */
export function nextFullHourMs(now: Date): number {
  const hour = new Date(now);
  hour.setHours(now.getHours() + 1, 0, 0, 0);
  return hour.getTime();
}

/** The text sent along with the link. */
export function invitationText(title: string): string {
  return title ? `Join “${title}” on Veet` : "Join my meeting on Veet";
}

/** Opens the sender's own mail program; we send nothing. */
export function mailLink(title: string, url: string): string {
  const subject = title || "A meeting on Veet";
  const body = `${invitationText(title)}:\n\n${url}\n\nIt opens in your browser. You don’t need an account.`;
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}

/** How long the link lives, shown with it: "The link expires on 20 February 2027. Each use keeps it for another 90 days." */
export function lifetimeSentence(expiresAtMs: number, timeZone?: string): string {
  return `The link expires on ${longDate(expiresAtMs, timeZone)}. Each use keeps it for another ${LINK_LIFETIME_MS / DAY_MS} days.`;
}

/** "20 February 2027" in the reader's time zone, or in `timeZone`. */
export function longDate(atMs: number, timeZone?: string): string {
  const form = { day: "numeric", month: "long", year: "numeric", ...(timeZone && { timeZone }) } as const;
  return new Intl.DateTimeFormat("en-GB", form).format(atMs);
}
