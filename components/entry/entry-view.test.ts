import { describe, expect, it } from "vitest";
import type { Admission, EntryState, WaitingTicket } from "#lib/lobby/entry.ts";
import { RoomCode } from "#lib/ids.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";
import { entryView } from "./entry-view.ts";

const guest: RoomCard = {
  code: RoomCode.parse("abc-defg-hij"),
  state: "open",
  isHost: false,
  mustAsk: true,
  title: "",
};
const host: RoomCard = { ...guest, isHost: true, mustAsk: false };
const idle: EntryState = { status: "idle" };
const waiting: EntryState = { status: "waiting", ticket: {} as WaitingTicket, clockOffsetMs: 0, isStale: false };
const denied: EntryState = { status: "denied", mayAskAgainAtMs: 0, asksLeft: 2, clockOffsetMs: 0 };
const admitted: EntryState = { status: "admitted", admission: {} as Admission };
const ended: EntryState = { status: "refused", code: "room_ended", facts: {} };
const banned: EntryState = { status: "refused", code: "banned", facts: {} };

const screenOf = (card: RoomCard, entry: EntryState | undefined, isReturning = false) => {
  const view = entryView({ status: "ready", card }, entry, isReturning);
  return view.screen === "refused" ? view.code : view.screen;
};

describe("the door", () => {
  it.each<[string, EntryState | undefined, string, string]>([
    ["not there yet", undefined, "checking", "checking"],
    ["idle", idle, "green-room", "green-room"],
    ["asking", { status: "asking" }, "green-room", "green-room"],
    ["waiting", waiting, "waiting", "waiting"],
    ["denied", denied, "denied", "denied"],
    ["elsewhere", { status: "elsewhere" }, "elsewhere", "elsewhere"],
    ["lapsed", { status: "lapsed", why: "expired" }, "green-room", "green-room"],
    ["cancelled", { status: "cancelled" }, "green-room", "green-room"],
    ["admitted", admitted, "call", "call"],
    ["ended", ended, "room_ended", "green-room"],
    ["banned", banned, "banned", "banned"],
  ])("[S17] %s shows one screen: guest %s → %s, host → %s", (_, entry, forGuest, forHost) => {
    expect(screenOf(guest, entry)).toBe(forGuest);
    expect(screenOf(host, entry)).toBe(forHost);
  });

  it("[S18] a locked or ended meeting says so before anything is typed, and lets its host in", () => {
    expect(screenOf({ ...guest, state: "locked" }, idle)).toBe("room_locked");
    expect(screenOf({ ...guest, state: "ended" }, idle)).toBe("room_ended");
    expect(screenOf({ ...host, state: "ended" }, idle)).toBe("green-room");
    expect(screenOf({ ...host, state: "locked" }, idle)).toBe("green-room");
  });

  it("[S18] offers the host of an ended meeting to start it again", () => {
    expect(entryView({ status: "ready", card: host }, ended, false)).toMatchObject({ card: { state: "ended" } });
  });

  it("[S19] after a reload inside the call there is no green room, but every answer shows as always", () => {
    expect(entryView({ status: "loading" }, undefined, true).screen).toBe("returning");
    expect(screenOf(guest, idle, true)).toBe("returning");
    expect(screenOf(guest, { status: "asking" }, true)).toBe("returning");
    expect(screenOf(guest, waiting, true)).toBe("waiting");
    expect(screenOf(guest, banned, true)).toBe("banned");
    expect(screenOf(guest, admitted, true)).toBe("call");
  });
});
