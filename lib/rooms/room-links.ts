import type { RoomCode } from "#lib/ids.ts";

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

/** Opens the sender's own mail program; we send nothing. */
export function mailLink({ subject, body }: { subject: string; body: string }): string {
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}
