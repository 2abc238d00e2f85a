import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HERE, NOW, OWNER, THERE, aPlace, aRoom, aSeat, aTicket, person } from "#lib/testing/places.ts";
import { type EntryAsk, type EntryFacts, type Network, decideEntry } from "./decide-entry.ts";
import { NEVER_DENIED } from "./ticket.ts";

const ASK: EntryAsk = { device: HERE, intent: "enter", restart: false, isSignedIn: false, name: "Ada" };
const QUIET: Network = { isRemoved: false, denials: NEVER_DENIED };

function decide(place: Parameters<typeof aPlace>[0], rest: Partial<EntryFacts> = {}, ask: Partial<EntryAsk> = {}) {
  const facts = { place: aPlace(place), ticket: undefined, denials: NEVER_DENIED, network: QUIET, ...rest };
  return decideEntry(facts, { ...ASK, ...ask }, NOW);
}

const owner = { personKey: person(OWNER), role: "host" } as const;
const ended = { room: aRoom({ endedAtMs: NOW - 1 }), session: undefined };
const locked = { room: aRoom({ isLocked: true }) };
const open = { room: aRoom({ access: "open" }) };
const signedIn = { room: aRoom({ access: "signed-in" }) };
const elsewhere = { seats: [aSeat({ device: THERE })] };
const lapsedSeat = { seats: [aSeat({ status: "away", heldUntilMs: NOW - 1 })] };
const removedSeat = { seats: [aSeat({ status: "removed", reason: "expelled" })] };
const admittedTicket = { ticket: aTicket({ status: "admitted" }) };

describe("entering", () => {
  test.each([
    ["a stranger asks", {}, {}, {}, "ask"],
    ["a stranger without a name is asked for one", {}, {}, { name: undefined }, "bad_request"],
    ["an expired link", { room: aRoom({ expiresAtMs: NOW }), session: undefined }, {}, {}, "room_expired"],
    ["an expired link in a running meeting", { room: aRoom({ expiresAtMs: NOW }) }, {}, {}, "ask"],
    ["a banned person, however open the room", { ...open, isBanned: true }, admittedTicket, {}, "banned"],
    ["an ended meeting", ended, {}, {}, "room_ended"],
    ["an ended meeting, its owner", { ...ended, ...owner }, {}, {}, "room_ended"],
    ["an ended meeting, its owner starting it again", { ...ended, ...owner }, {}, { restart: true }, "moderator"],
    ["an ended meeting, another user starting it again", ended, {}, { restart: true }, "room_ended"],
    ["a user with a seat on this device", { seats: [aSeat()] }, {}, {}, "seat"],
    ["a user whose seat here lapsed, though locked", { ...locked, ...lapsedSeat }, {}, {}, "seat"],
    ["a user whose seat here lapsed with its meeting", { ...lapsedSeat, session: undefined }, {}, {}, "ask"],
    ["a user whose seat here was removed", { ...removedSeat, isExpelled: true }, {}, {}, "ask"],
    ["a removed participant, however open the room", { ...open, isExpelled: true }, {}, {}, "ask"],
    ["a removed participant, with an earlier verdict", { isExpelled: true }, admittedTicket, {}, "ask"],
    ["the owner, though locked", { ...locked, ...owner }, {}, {}, "moderator"],
    ["a co-host, though locked", { ...locked, role: "cohost" }, {}, {}, "moderator"],
    ["an acting host, though locked", { ...locked, role: "host" }, {}, {}, "moderator"],
    ["a locked room", locked, {}, {}, "room_locked"],
    ["a locked room that is open", { room: aRoom({ access: "open", isLocked: true }) }, {}, {}, "room_locked"],
    ["a locked room, with an admitted ticket", locked, admittedTicket, {}, "room_locked"],
    ["a participant on another device", elsewhere, {}, {}, "elsewhere"],
    ["a host on another device", { ...owner, ...elsewhere }, {}, {}, "elsewhere"],
    ["a participant who moves here", elsewhere, {}, { intent: "move" }, "inside"],
    ["a participant who moves here, though locked", { ...locked, ...elsewhere }, {}, { intent: "move" }, "inside"],
    ["a participant who adds a second device", elsewhere, {}, { intent: "second" }, "inside"],
    ["a former participant on another device", { seats: [aSeat({ device: THERE, heldUntilMs: NOW })] }, {}, {}, "ask"],
    ["an open room", open, {}, {}, "access"],
    ["a room open to signed-in users, signed in", signedIn, {}, { isSignedIn: true }, "access"],
    ["a room open to signed-in users, as a guest", signedIn, {}, {}, "ask"],
    ["a room where all ask, signed in", {}, {}, { isSignedIn: true }, "ask"],
    ["an admitted ticket", {}, admittedTicket, { name: undefined }, "ticket"],
    ["a waiting ticket", {}, { ticket: aTicket() }, {}, "waiting"],
    ["a ticket silent for a minute", {}, { ticket: aTicket({ lastSeenAtMs: NOW - 60_000 }) }, {}, "ask"],
    [
      "a connected ticket, silent",
      {},
      { ticket: aTicket({ lastSeenAtMs: NOW - 60_000, isConnected: true }) },
      {},
      "waiting",
    ],
    ["a ticket of ten minutes ago", {}, { ticket: aTicket({ expiresAtMs: NOW, isConnected: true }) }, {}, "ask"],
    ["denied just now", {}, { denials: { count: 1, lastAtMs: NOW - 59_999 } }, {}, "entry_denied"],
    ["denied a minute ago", {}, { denials: { count: 1, lastAtMs: NOW - 60_000 } }, {}, "ask"],
    ["denied three times", {}, { denials: { count: 3, lastAtMs: NOW - 3_600_000 } }, {}, "entry_denied"],
    ["denied, and then the room was opened", open, { denials: { count: 3, lastAtMs: NOW } }, {}, "access"],
  ] as const)("[L1] %s → %5$s", (_, place, facts, ask, expected) => {
    const decision = decide(place as object, facts as object, ask as object);
    const outcome =
      decision.status === "admitted"
        ? decision.because
        : decision.status === "refused"
          ? decision.code
          : decision.status;
    expect(outcome).toBe(expected);
  });

  test("[L2] a denied guest sees when and how often they can ask again", () => {
    expect(decide({}, { denials: { count: 2, lastAtMs: NOW - 1_000 } })).toMatchObject({
      facts: { mayAskAgainAtMs: NOW + 59_000, asksLeft: 1 },
    });
  });

  const shadow = { network: { isRemoved: true, denials: NEVER_DENIED } };
  const left = { seats: [aSeat({ status: "removed", reason: "left" })] };
  test.each([
    ["a guest, however open the room", open, {}, "ask"],
    ["a guest who was in this meeting before", { ...open, ...left }, {}, "ask"],
    ["an account that was never in this meeting", open, { isSignedIn: true }, "ask"],
    ["such an account where signed-in users need not ask", signedIn, { isSignedIn: true }, "ask"],
    ["an account that was in this meeting before", { ...signedIn, ...left }, { isSignedIn: true }, "access"],
    ["a participant on this device", { ...open, seats: [aSeat()] }, {}, "seat"],
    ["a co-host", { role: "cohost" }, {}, "moderator"],
    ["the owner", owner, {}, "moderator"],
  ] as const)("[L20] from the address of a removed participant, %s → %4$s", (_, place, ask, expected) => {
    const decision = decide(place as object, shadow, ask);
    expect(decision.status === "admitted" ? decision.because : decision.status).toBe(expected);
  });

  test("[L20] a host's verdict outweighs the address", () => {
    expect(decide(open, { ...shadow, ...admittedTicket })).toMatchObject({ because: "ticket" });
  });

  test("[L30] a guest with an ask left sees when to ask again; a guest without one sees no time", () => {
    const soon = decide({}, { denials: { count: 2, lastAtMs: NOW - 1_000 } });
    const facts = { asksLeft: 1, mayAskAgainAtMs: NOW + 59_000, retryAfterSeconds: 59 };
    expect(soon).toEqual({ status: "refused", code: "entry_denied", facts });
    const never = decide({}, { denials: { count: 3, lastAtMs: NOW - 1_000 } });
    expect(never).toEqual({ status: "refused", code: "entry_denied", facts: { asksLeft: 0 } });
  });

  test("[R6] only the owner is offered to start the meeting again", () => {
    expect(decide({ ...ended, ...owner })).toMatchObject({ facts: { mayRestart: true } });
    expect(decide(ended)).toMatchObject({ facts: {} });
  });

  test("[L3] a guest joins under the name that the host admitted", () => {
    expect(decide({}, admittedTicket, { name: "The Boss" })).toMatchObject({ name: "Ada" });
  });

  const asBoss = { name: "The Boss" } as const;
  test.each([
    ["a second device", elsewhere, admittedTicket, { intent: "second" }, "Ada"],
    ["moving to another device", elsewhere, admittedTicket, { intent: "move" }, "Ada"],
    ["a second device in an open room", { ...open, ...elsewhere }, {}, { intent: "second" }, "Gast"],
    ["returning to a room that has opened since", open, admittedTicket, {}, "Ada"],
    ["returning as a co-host", { role: "cohost" }, admittedTicket, {}, "Ada"],
    ["returning as a co-host of an open room", { role: "cohost", ...elsewhere }, {}, { intent: "second" }, "Gast"],
    ["joining an open room for the first time", open, {}, {}, "The Boss"],
  ] as const)("[L3] a guest keeps the admitted name on every device: %s", (_, place, facts, ask, expected) => {
    expect(decide(place as object, facts, { ...asBoss, ...ask })).toMatchObject({ name: expected });
  });

  test("[L3] a signed-in user joins under the name of their account", () => {
    expect(decide(elsewhere, {}, { ...asBoss, intent: "second", isSignedIn: true })).toMatchObject({
      name: "The Boss",
    });
  });
});

const anySeat = fc.record({
  device: fc.constantFrom(HERE, THERE),
  status: fc.constantFrom("reserved", "present", "away", "removed"),
  heldUntilMs: fc.constantFrom(NOW - 1, NOW + 1),
} as const);
const anyPlace = fc.record({
  access: fc.constantFrom("ask", "signed-in", "open"),
  isLocked: fc.boolean(),
  endedAtMs: fc.constantFrom(undefined, NOW - 1),
  role: fc.constantFrom("host", "cohost", "participant"),
  isBanned: fc.boolean(),
  isExpelled: fc.boolean(),
  hasSession: fc.boolean(),
  seats: fc.array(anySeat, { maxLength: 2 }),
} as const);
const anyTicket = fc.option(
  fc
    .constantFrom("waiting", "admitted", "denied", "cancelled", "lapsed", "refused")
    .map((status) => aTicket({ status })),
  { nil: undefined },
);
const anyAsk = fc.record({
  intent: fc.constantFrom("enter", "move", "second"),
  restart: fc.boolean(),
  isSignedIn: fc.boolean(),
} as const);

test("[L4] only hosts, participants, users the access level lets in, and holders of an admitted ticket join", () => {
  fc.assert(
    fc.property(
      anyPlace,
      anyTicket,
      anyAsk,
      ({ access, isLocked, endedAtMs, hasSession, seats, ...rest }, ticket, asked) => {
        const place = aPlace({
          ...rest,
          room: aRoom({ access, isLocked, endedAtMs }),
          seats: seats.map((seat) => aSeat(seat)),
          ...(hasSession ? {} : { session: undefined }),
        });
        const decision = decideEntry(
          { place, ticket, denials: NEVER_DENIED, network: QUIET },
          { ...ASK, ...asked },
          NOW,
        );
        if (decision.status !== "admitted") return;

        expect(rest.isBanned || rest.isExpelled).toBe(false);
        expect(endedAtMs).toBeUndefined();
        const isInside = hasSession && seats.some(({ status }) => status !== "removed");
        const isModerator = rest.role !== "participant";
        const walksIn = access === "open" || (access === "signed-in" && asked.isSignedIn);
        expect(isModerator || isInside || (!isLocked && (walksIn || ticket?.status === "admitted"))).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
});
