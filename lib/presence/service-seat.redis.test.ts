import { beforeEach, describe, expect, test } from "vitest";
import type { Identity, RoomCode, SessionId } from "#lib/ids.ts";
import { act } from "#lib/moderation/moderation-repository.ts";
import { EXPEL, NOTE_TARGET, SET_ROLE } from "#lib/moderation/action-repository.ts";
import { redis } from "#lib/redis/client.ts";
import { keys } from "#lib/redis/keys.ts";
import { freeSeat, readPlace } from "#lib/seats/seat-repository.ts";
import { seatService } from "#lib/seats/service-seat-repository.ts";
import type { Seat, ServiceGrant } from "#lib/seats/seat.ts";
import { NOW } from "#lib/testing/places.ts";
import { aRoomOf, anAccount, sit } from "#lib/testing/redis-rooms.ts";
import { mayConnect } from "./admission-service.ts";
import { readEntitled, storeArrival, storeDeparture } from "./entitlement-repository.ts";

const RECORDER: ServiceGrant = { isHidden: true, sources: [] };
const CALLER: ServiceGrant = { isHidden: false, sources: ["microphone"] };
const HOUR = 3_600_000;

let code: RoomCode;
let sessionId: SessionId;
let host: Seat;
beforeEach(async () => {
  const owner = anAccount();
  code = await aRoomOf(owner, "open");
  const { open, seat } = await sit(code, owner.key);
  if (!open) throw new Error("The owner opens the meeting");
  [sessionId, host] = [open.sessionId, seat];
  await redis().hset(keys.ofRoom("legs", code), { b: `local-b|${sessionId}.b|live` });
});

const seatOf = async (grant: ServiceGrant) =>
  (await seatService(code, sessionId, { name: "A service", grant }, NOW)).seat.identity;
const entitledOn = async (leg: string, identity: Identity, nowMs = NOW) =>
  (await readEntitled(code, { sessionId, leg }, [identity], nowMs)).get(identity);
const joined = (identity: Identity) => ({ sessionId, leg: "a", identity, sid: "PA_1", joinedAtMs: NOW });
const moderator = () => ({ code, identity: host.identity, role: "host" as const, nowMs: NOW });

describe("[R42] a service seat", () => {
  test("is entitled on every live leg, in a full room and for as long as the session", async () => {
    await redis().hset(keys.ofRoom("room", code), { maxParticipants: 1 });
    const recorder = await seatOf(RECORDER);
    for (const leg of ["a", "b"])
      expect(await entitledOn(leg, recorder, NOW + HOUR)).toMatchObject({
        kind: "service",
        grant: RECORDER,
        homeLeg: "a",
      });
    expect(await entitledOn("c", recorder)).toBeUndefined();
  });

  test("takes no place in the room, and connecting does not change that", async () => {
    const caller = await seatOf(CALLER);
    await storeArrival(code, joined(caller), NOW);
    await entitledOn("a", caller, NOW + HOUR);
    expect((await readPlace(code, undefined, NOW))?.insideCount).toBe(1);
    await storeDeparture(code, { ...joined(caller), joinedAtMs: NOW + 1 }, NOW);
    expect(await entitledOn("a", caller)).toMatchObject({ kind: "service" });
  });

  test("keeps no meeting alive: the last participant who leaves ends it, and nothing of the service is kept", async () => {
    const recorder = await seatOf(RECORDER);
    await storeArrival(code, joined(recorder), NOW);
    expect(await freeSeat(code, host.identity, NOW)).toBe(true);
    expect(await entitledOn("a", recorder)).toBeUndefined();
    expect(await redis().exists(keys.ofRoom("seat", code, recorder))).toBe(0);
  });

  test("is seated in the running session only", async () => {
    await freeSeat(code, host.identity, NOW);
    await expect(seatOf(RECORDER)).rejects.toMatchObject({ code: "not_inside" });
  });

  test("expires with the session, like everything of it", async () => {
    const recorder = await seatOf(RECORDER);
    for (const key of [keys.ofRoom("seat", code, recorder), keys.ofRoom("identities", code)])
      expect(await redis().pttl(key)).toBeGreaterThan(0);
  });
});

describe("[R43] the grant of a service", () => {
  test("says whether it can connect hidden: a hidden one only so, and no one else", async () => {
    const [recorder, caller] = [await seatOf(RECORDER), await seatOf(CALLER)];
    const room = `${sessionId}.a`;
    const asked = async (isHidden: boolean) =>
      Promise.all([recorder, caller, host.identity].map((identity) => mayConnect(room, identity, isHidden, NOW)));
    expect(await asked(true)).toEqual([true, false, false]);
    expect(await asked(false)).toEqual([false, true, true]);
  });

  test("that is unreadable is no right to be here", async () => {
    const caller = await seatOf(CALLER);
    await redis().hset(keys.ofRoom("seat", code, caller), { sources: "everything" });
    expect(await entitledOn("a", caller)).toBeUndefined();
  });
});

describe("[R44] a host", () => {
  const target = (identity: Identity) => [identity, ",participant,cohost,"];

  test("can mute a service and remove it", async () => {
    const caller = await seatOf(CALLER);
    const { people } = await act(NOTE_TARGET, moderator(), [...target(caller), "mute"]);
    expect(people.map(({ identity }) => identity)).toEqual([caller]);
    await act(EXPEL, moderator(), [...target(caller), 0, "b_1"]);
    expect(await entitledOn("a", caller)).toBeUndefined();
  });

  test("cannot give it a role, nor stop its share as a participant's", async () => {
    const caller = await seatOf(CALLER);
    for (const [script, more] of [
      [SET_ROLE, ["cohost", "make-cohost"]],
      [NOTE_TARGET, ["stop-share"]],
    ] as const)
      await expect(act(script, moderator(), [...target(caller), ...more])).rejects.toMatchObject({
        code: "not_allowed",
      });
  });
});
