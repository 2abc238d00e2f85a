import { describe, expect, it } from "vitest";
import { RoomCode } from "#lib/ids.ts";
import { CalendarQuery, calendarEntry, nextHourMs } from "./calendar-entry.ts";

const code = RoomCode.parse("abc-defg-hij");
const url = "https://veet.example/meet/abc-defg-hij";
const startMs = Date.UTC(2026, 10, 23, 10);
const unfold = (text: string) => text.replaceAll(/\r\n[ \t]/g, "");

describe("calendar entry", () => {
  it("[S6] says when, how long and where, and is the same entry when opened twice", () => {
    const text = unfold(calendarEntry({ code, url, startMs, minutes: 30, title: "Meeting on Veet", description: "" }));
    expect(text).toContain("DTSTART:20261123T100000Z");
    expect(text).toContain("DURATION:PT30M");
    expect(text).toContain(`LOCATION:${url}`);
    expect(text).toContain("SUMMARY:Meeting on Veet");
    expect(text).toContain(`UID:abc-defg-hij-${startMs}@veet`);
  });

  it("[S6] a title cannot add lines to the file", () => {
    const text = unfold(
      calendarEntry({ code, url, startMs, minutes: 30, title: "Plan\r\nATTACH:http://eve.example", description: "" }),
    );
    expect(text.split("\r\n").some((line) => line.startsWith("ATTACH"))).toBe(false);
  });

  it("[S6] accepts a time and a length, and refuses invalid ones", () => {
    expect(CalendarQuery.safeParse({ start: "2026-11-23T10:00:00.000Z" }).data?.minutes).toBe(30);
    expect(CalendarQuery.safeParse({ start: "tomorrow" }).success).toBe(false);
    expect(CalendarQuery.safeParse({ minutes: "100000" }).success).toBe(false);
    expect(nextHourMs(startMs)).toBe(startMs + 3_600_000);
    expect(nextHourMs(startMs + 1)).toBe(startMs + 3_600_000);
  });
});
