import { describe, expect, test } from "vitest";
import { NOW, aPlace, aRoom, aTicket } from "#lib/testing/places.ts";
import { viewNoTicket, viewTicket } from "./ticket-view.ts";
import { NEVER_DENIED, type Ticket, isWaiting, lapsesAtMs } from "./ticket.ts";

const ticket = aTicket();
const network = { isRemoved: false, denials: NEVER_DENIED };
const read = { place: aPlace(), denials: NEVER_DENIED, network, queuePlace: 2 };

describe("when a request lapses", () => {
  test.each<[Partial<Ticket>, number, string]>([
    [{}, NOW + 60_000, "a minute after the last contact"],
    [{ isConnected: true }, NOW + 600_000, "ten minutes after asking while the guest is connected"],
    [{ isHidden: true }, NOW + 600_000, "ten minutes after asking while the page is hidden"],
    [{ lastSeenAtMs: NOW + 590_000 }, NOW + 600_000, "never later than ten minutes after asking"],
  ])("[L5] %j: %3$s", (change, expected) => {
    expect(lapsesAtMs({ ...ticket, ...change })).toBe(expected);
    expect(isWaiting({ ...ticket, ...change }, expected - 1)).toBe(true);
    expect(isWaiting({ ...ticket, ...change }, expected)).toBe(false);
  });
});

describe("what a guest sees of the request", () => {
  test.each([
    [{}, {}, { status: "waiting", place: 2, isHostPresent: true }],
    [{ room: aRoom({ endedAtMs: NOW }) }, {}, { status: "refused", code: "room_ended" }],
    [{ room: aRoom({ isLocked: true }) }, {}, { status: "refused", code: "room_locked" }],
    [{ isBanned: true }, {}, { status: "refused", code: "banned" }],
    [{ room: aRoom({ expiresAtMs: NOW }), session: undefined }, {}, { status: "refused", code: "room_expired" }],
    [{}, { status: "refused", code: "room_locked" }, { status: "refused", code: "room_locked" }],
    [{}, { status: "admitted" }, { status: "admitted" }],
    [{}, { status: "cancelled" }, { status: "cancelled" }],
  ] as const)("[L6] %j and %j give %j", (place, change, expected) => {
    const view = viewTicket({ ...ticket, ...change } as Ticket, { ...read, place: aPlace(place as object) }, NOW);
    expect(view).toMatchObject(expected);
  });

  test.each([
    [{ status: "lapsed" }, { status: "lapsed", why: "silent" }],
    [{ lastSeenAtMs: NOW - 60_000 }, { status: "lapsed", why: "silent" }],
    [
      { status: "lapsed", isConnected: true },
      { status: "lapsed", why: "expired" },
    ],
    [
      { status: "lapsed", isHidden: true },
      { status: "lapsed", why: "expired" },
    ],
    [
      { status: "lapsed", lastSeenAtMs: NOW + 595_000 },
      { status: "lapsed", why: "expired" },
    ],
    [{ expiresAtMs: NOW }, { status: "lapsed", why: "expired" }],
    [
      { status: "cancelled", code: "removed" },
      { status: "refused", code: "removed" },
    ],
  ] as const)("[L45] a finished request shows the reason: %j gives %j", (change, expected) => {
    expect(viewTicket({ ...ticket, ...change } as Ticket, read, NOW)).toEqual(expected);
  });

  test.each([
    [{}, true, { status: "none", hasPass: true }],
    [{}, false, { status: "none", hasPass: false }],
    [{ isExpelled: true }, true, { status: "refused", code: "removed" }],
    [{ isBanned: true, isExpelled: true }, true, { status: "refused", code: "banned" }],
    [{ room: aRoom({ endedAtMs: NOW }) }, true, { status: "refused", code: "room_ended" }],
    [{ room: aRoom({ expiresAtMs: NOW }), session: undefined }, true, { status: "refused", code: "room_expired" }],
  ] as const)("[L44] without a request, %j, pass %s: %j", (place, hasPass, expected) => {
    expect(viewNoTicket({ ...read, place: aPlace(place as object) }, hasPass, NOW)).toEqual(expected);
  });

  test.each([
    ["ask", "guest", false],
    ["signed-in", "guest", false],
    ["signed-in", "account", true],
    ["open", "guest", true],
  ] as const)(
    "[L28] in a room with access %s a waiting %s sees whether they can join without asking: %s",
    (access, kind, mayWalkIn) => {
      const place = aPlace({ room: aRoom({ access }) });
      expect(viewTicket({ ...ticket, kind }, { ...read, place }, NOW)).toMatchObject({ status: "waiting", mayWalkIn });
    },
  );

  test("[L28] a guest from the address of a removed participant sees that they still have to wait", () => {
    const facts = {
      ...read,
      place: aPlace({ room: aRoom({ access: "open" }) }),
      network: { ...network, isRemoved: true },
    };
    expect(viewTicket(ticket, facts, NOW)).toMatchObject({ mayWalkIn: false });
  });

  test("[L2] a denied guest sees the remaining time and asks", () => {
    const denials = { count: 1, lastAtMs: NOW - 10_000 };
    expect(viewTicket({ ...ticket, status: "denied" }, { ...read, denials }, NOW)).toEqual({
      status: "denied",
      nowMs: NOW,
      mayAskAgainAtMs: NOW + 5e4,
      asksLeft: 2,
    });
  });
});
