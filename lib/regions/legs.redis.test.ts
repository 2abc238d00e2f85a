import { expect, test } from "vitest";
import { newSessionId } from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { type RunningMeeting, aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { NOW } from "#lib/testing/places.ts";
import type { Seat } from "#lib/seats/seat.ts";
import { aGuest, aRoomOf, anAccount, mustRead, sit } from "#lib/testing/redis-rooms.ts";
import { readLegs, storeClosed, storeLeg } from "./leg-repository.ts";

const legOn = ({ sessionId }: RunningMeeting, leg: string, site: string) => ({
  leg,
  site,
  room: `${sessionId}.${leg}`,
});
const legsOf = async ({ code, sessionId }: RunningMeeting) => (await readLegs(code, sessionId, NOW)).legs;
const living = async (meeting: RunningMeeting) =>
  (await legsOf(meeting)).filter(({ state }) => state === "live").map(({ leg, site }) => `${leg} ${site}`);
const add = async (meeting: RunningMeeting, leg: string, site: string, dead: string[] = []) => {
  const before = await legsOf(meeting);
  const gone = before.filter((one) => dead.includes(one.leg));
  return storeLeg(meeting.code, meeting.sessionId, legOn(meeting, leg, site), before, gone);
};

test("[G8] a site carries one leg of a session, a session at most three, and asking twice opens one leg", async () => {
  const meeting = await aRunningMeeting();
  expect((await add(meeting, "b", "local-a")).isChange).toBe(false);
  expect((await add(meeting, "b", "site-b")).isChange).toBe(true);
  expect((await add(meeting, "b", "site-b")).isChange).toBe(true);
  expect((await add(meeting, "b", "site-c")).isChange).toBe(false);
  expect((await add(meeting, "c", "site-c")).isChange).toBe(true);
  expect((await add(meeting, "d", "site-d")).isChange).toBe(false);
  expect(await living(meeting)).toEqual(["a local-a", "b site-b", "c site-c"]);
});

test("[G8] of many concurrent requests to open a leg one succeeds, and all receive its result", async () => {
  const meeting = await aRunningMeeting();
  const before = await legsOf(meeting);
  const opened = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      storeLeg(meeting.code, meeting.sessionId, legOn(meeting, "b", `site-${index}`), before),
    ),
  );
  expect(opened.filter(({ isChange }) => isChange)).toHaveLength(1);
  expect(await living(meeting)).toHaveLength(2);
  for (const { legs } of opened) expect(legs).toEqual(await legsOf(meeting));
});

test("[G8] a session that is over gets no leg", async () => {
  const { code } = await aRunningMeeting();
  const sessionId = newSessionId();
  expect(await storeLeg(code, sessionId, { leg: "b", site: "site-b", room: `${sessionId}.b` }, [])).toEqual({
    isChange: false,
    legs: [],
  });
});

test("[G10] a leg is closed once, and the last living one never", async () => {
  const meeting = await aRunningMeeting();
  const close = (leg: string) => storeClosed(meeting.code, meeting.sessionId, leg);
  expect((await close("a")).isChange).toBe(false);
  await add(meeting, "b", "site-b");
  const closings = await Promise.all(["a", "b", "a", "b"].map(close));
  expect(closings.filter(({ isChange }) => isChange)).toHaveLength(1);
  expect(await living(meeting)).toHaveLength(1);
});

test("[G11] dead legs and their successor change in one step, also on the same site", async () => {
  const meeting = await aRunningMeeting();
  await add(meeting, "b", "site-b");
  const { isChange } = await add(meeting, "c", "site-b", ["a", "b"]);
  expect([isChange, await living(meeting)]).toEqual([true, ["c site-b"]]);
});

test("[G11] another request's successor stays, and the second one becomes the standby", async () => {
  const meeting = await aRunningMeeting();
  await add(meeting, "b", "site-b", ["a"]);
  await add(meeting, "c", "site-c", ["a"]);
  expect(await living(meeting)).toEqual(["b site-b", "c site-c"]);
});

test("[G10] the newest closed legs are remembered, to disconnect removed participants from them, and older ones are not", async () => {
  const meeting = await aRunningMeeting();
  for (const [leg, dead] of ["ab", "bc", "cd", "de", "ef", "fg", "gh"].map((pair) => [pair[1] ?? "", pair[0] ?? ""])) {
    await add(meeting, leg ?? "", "site-b", [dead ?? ""]);
  }
  expect((await legsOf(meeting)).map(({ leg }) => leg).toSorted()).toEqual(["c", "d", "e", "f", "g", "h"]);
});

test("[G6] of the legs near a newcomer, they publish on the one with the fewest publishers", async () => {
  const owner = anAccount();
  const code = await aRoomOf(owner, "open");
  const { seat: first } = await sit(code, owner.key);
  await redis().hset(keys.ofRoom("legs", code), { b: "site-b|s.b|live", c: "site-c|s.c|closed" });
  const seats: Seat[] = [];
  for (let count = 0; count < 11; count += 1) seats.push((await sit(code, aGuest(), { homes: ["a", "b", "c"] })).seat);
  const on = (leg: string) => [first, ...seats].filter(({ homeLeg }) => homeLeg === leg).length;
  expect([on("a"), on("b"), on("c")]).toEqual([6, 6, 0]);
  expect(new Set(seats.map(({ homeCount }) => homeCount))).toEqual(new Set([1]));
});

test("[G6] when the chosen leg has closed in the meantime, another one is used", async () => {
  const owner = anAccount();
  const code = await aRoomOf(owner, "open");
  await sit(code, owner.key);
  const { seat } = await sit(code, aGuest(), { homes: ["z"] });
  expect(seat.homeLeg).toBe("a");
});

test("[G6] a returning participant keeps their home leg while it lives, and gets another one after that", async () => {
  const owner = anAccount();
  const code = await aRoomOf(owner, "open");
  const { seat } = await sit(code, owner.key);
  await redis().hset(keys.ofRoom("legs", code), { b: "site-b|s.b|live" });
  const comeBack = async () => (await sit(code, owner.key, { returning: seat, homes: ["b"] })).seat;
  expect(await comeBack()).toMatchObject({ homeLeg: "a", homeCount: 1 });
  await redis().hset(keys.ofRoom("legs", code), { a: "local-a|s.a|closed" });
  expect(await comeBack()).toMatchObject({ homeLeg: "b", homeCount: 2 });
  const { place } = await mustRead(code, owner.key);
  expect(place.seats).toMatchObject([{ homeLeg: "b", homeCount: 2 }]);
});
