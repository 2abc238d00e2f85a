import { describe, expect, it } from "vitest";
import { RoomCode } from "#lib/ids.ts";
import { calendarPath, meetingUrl, nextFullHourMs, shownUrl } from "./room-links.ts";

const code = RoomCode.parse("abc-defg-hij");

describe("what is sent to people", () => {
  it("[S2] the link is the site's address and the code", () => {
    expect(meetingUrl("https://veet.example", code)).toBe("https://veet.example/meet/abc-defg-hij");
    expect(shownUrl("https://veet.example/meet/abc-defg-hij")).toBe("veet.example/meet/abc-defg-hij");
  });

  it("[S5] the calendar entry begins at the next full hour of the reader's clock", () => {
    const start = new Date(nextFullHourMs(new Date(2026, 10, 22, 23, 40, 12)));
    expect([start.getDate(), start.getHours(), start.getMinutes(), start.getSeconds()]).toEqual([23, 0, 0, 0]);
    expect(calendarPath(code, Date.UTC(2026, 10, 23))).toBe(
      "/api/rooms/abc-defg-hij/calendar?start=2026-11-23T00:00:00.000Z",
    );
  });
});
