import { AppError } from "#lib/errors.ts";
import { env } from "#lib/env.ts";
import { respondError, toAppError } from "#lib/http/respond.ts";
import { RoomCode } from "#lib/ids.ts";
import { CalendarQuery, calendarEntry, nextHourMs } from "#lib/rooms/calendar-entry.ts";
import { meetingUrl } from "#lib/rooms/room-links.ts";

type Context = { params: Promise<{ code: string }> };

/**
 * The meeting as a calendar entry. Made of the address alone and the same for everybody: it says nothing that its
 * reader did not have, not even whether there is such a room, so nobody needs to be known or counted.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const code = RoomCode.safeParse((await params).code);
    if (!code.success) throw new AppError("room_unknown");
    const query = CalendarQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!query.success) throw new AppError("bad_request");
    const { start, minutes } = query.data;
    return file(code.data, start ? Date.parse(start) : nextHourMs(Date.now()), minutes);
  } catch (error) {
    return respondError(toAppError(error), new Headers());
  }
}

function file(code: RoomCode, startMs: number, minutes: number): Response {
  const url = meetingUrl(new URL(env().NEXTAUTH_URL).origin, code);
  return new Response(calendarEntry({ code, url, startMs, minutes, title: "" }), {
    headers: {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": `attachment; filename="veet-${code}.ics"`,
      "cache-control": "no-store, private",
      "x-content-type-options": "nosniff",
    },
  });
}
