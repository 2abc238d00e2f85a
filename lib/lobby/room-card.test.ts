import { describe, expect, test } from "vitest";
import { HERE, NOW, OWNER, aPlace, aRoom, aSeat, person } from "#lib/testing/places.ts";
import { cardOf } from "./room-card.ts";

const guest = { device: HERE, isSignedIn: false, name: undefined };
const denials = { count: 0, lastAtMs: 0 };
const card = (place: Parameters<typeof aPlace>[0], asker: Parameters<typeof cardOf>[1] = guest) =>
  cardOf({ place: aPlace(place), ticket: undefined, denials, network: { isRemoved: false, denials } }, asker, NOW);

describe("the room card", () => {
  test.each([
    [{}, { state: "open", mustAsk: true }],
    [{ room: aRoom({ access: "open" }) }, { state: "open", mustAsk: false }],
    [{ room: aRoom({ isLocked: true }) }, { state: "locked", mustAsk: false }],
    [
      { room: aRoom({ isLocked: true }), seats: [aSeat()] },
      { state: "open", mustAsk: false },
    ],
    [
      { room: aRoom({ endedAtMs: NOW }), session: undefined },
      { state: "ended", mustAsk: false },
    ],
    [{ isBanned: true }, { state: "open", mustAsk: false }],
  ] as const)("[R3] to a guest, %j: %j", (place, expected) => {
    expect(card(place as object)).toMatchObject(expected);
  });

  test("[R4] the card never shows who or how many are in the meeting, and shows the title to hosts only", () => {
    const room = aRoom({ title: "Merger" });
    expect(Object.keys(card({ room, insideCount: 7 })).toSorted()).toEqual([
      "code",
      "isHost",
      "mustAsk",
      "state",
      "title",
    ]);
    expect(card({ room }).title).toBe("");
    const owner = { personKey: person(OWNER), role: "host", room, insideCount: 0 } as const;
    expect(card(owner, { device: undefined, isSignedIn: true, name: "Olga" })).toMatchObject({
      isHost: true,
      mustAsk: false,
      title: "Merger",
      expiresAtMs: room.expiresAtMs,
      isLive: false,
      signedInAs: "Olga",
    });
  });

  test("[R3] a host sees that the meeting is running, to join it rather than start it", () => {
    const owner = { personKey: person(OWNER), role: "host", insideCount: 2 } as const;
    expect(card(owner, { device: undefined, isSignedIn: true, name: "Olga" })).toMatchObject({ isLive: true });
  });

  test("[R2] an expired link is reported as expired", () => {
    expect(() => card({ room: aRoom({ expiresAtMs: NOW }), session: undefined })).toThrow(
      expect.objectContaining({ code: "room_expired" }),
    );
  });
});
