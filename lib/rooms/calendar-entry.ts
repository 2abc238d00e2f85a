import { createEvent } from "ics";
import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import type { RoomCode } from "#lib/ids.ts";

/** GET /api/rooms/{code}/calendar?start=2026-11-23T10:00:00Z&minutes=30 */
export const CalendarQuery = z.object({
  start: z.iso.datetime({ offset: true }).optional(),
  minutes: z.coerce.number().int().min(5).max(1440).default(30),
});

type CalendarEntry = {
  code: RoomCode;
  url: string;
  startMs: number;
  minutes: number;
  title: string;
  description: string;
};

/**
 * An iCalendar file with the link as its location. The same room and start give the same entry, so that opening the file twice
 * does not add a second one.
 *
 * @throws AppError `bad_request` for a time that calendars do not support.
 */
export function calendarEntry({ code, url, startMs, minutes, title, description }: CalendarEntry): string {
  const { error, value } = createEvent({
    uid: `${code}-${startMs}@veet`,
    productId: "veet",
    title,
    description,
    location: url,
    url,
    start: startMs,
    startInputType: "utc",
    startOutputType: "utc",
    duration: { minutes },
    status: "CONFIRMED",
    busyStatus: "BUSY",
  });
  if (error || !value) throw new AppError("bad_request", {}, { cause: error });
  return value;
}

/** The next full hour; half-hour time zones send their own start. */
export function nextHourMs(nowMs: number): number {
  const HOUR_MS = 3_600_000;
  return (Math.floor(nowMs / HOUR_MS) + 1) * HOUR_MS;
}
