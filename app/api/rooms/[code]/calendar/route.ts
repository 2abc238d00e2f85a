import { getTranslations } from "next-intl/server";
import { AppError } from "#lib/errors.ts";
import { env } from "#lib/env.ts";
import { answer } from "#lib/http/answer.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { parseInput, readQuery } from "#lib/http/read-input.ts";
import { RoomCode } from "#lib/ids.ts";
import { CalendarQuery, calendarEntry, nextHourMs } from "#lib/rooms/calendar-entry.ts";
import { meetingUrl } from "#lib/rooms/room-links.ts";

type Context = { params: Promise<{ code: string }> };

/**
 * The meeting as a calendar entry. Built from the address alone, in the reader's language: it says nothing that its
 * reader did not have, not even whether there is such a room, so it needs no cookie and no limit.
 */
export const GET = (request: Request, { params }: Context): Promise<Response> =>
  answer({ request, route: "/api/rooms/[code]/calendar" }, async (headers) => {
    const code = RoomCode.safeParse((await params).code);
    if (!code.success) throw new AppError("room_unknown");
    const { start, minutes } = parseInput(CalendarQuery, readQuery(request.url), "query");
    const url = meetingUrl(new URL(env().NEXTAUTH_URL).origin, code.data);
    const startMs = start ? Date.parse(start) : nextHourMs(Date.now());
    const t = await getTranslations();
    const [title, description] = [t("calendar.title"), t("calendar.description", { url })];
    const entry = calendarEntry({ code: code.data, url, startMs, minutes, title, description });

    headers.set("content-type", "text/calendar; charset=utf-8");
    headers.set("content-disposition", `attachment; filename="veet-${code.data}.ics"`);
    headers.set("cache-control", "no-store, private");
    return new Response(entry, { headers });
  });

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
