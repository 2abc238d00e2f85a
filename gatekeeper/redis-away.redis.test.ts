import { expect, test, vi } from "vitest";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { useGuardedLiveKit } from "../tests/support/guarded-livekit.ts";

const livekit = useGuardedLiveKit("away-a");

test("[K5] without Redis only participants who are in the meeting can come back, and the others are asked to wait", async () => {
  const meeting = await livekit.meeting();
  const [ada, bea] = [await meeting.seat({}), await meeting.seat({})];
  expect(await livekit.knock(await livekit.rtc(meeting, ada))).toBe(101);
  livekit.redisIsAway();
  expect(await livekit.knock(await livekit.rtc(meeting, ada))).toBe(101);
  expect(await livekit.knock(await livekit.rtc(meeting, bea))).toBe(503);
});

test("[K19] one request without an answer lets no one in", async () => {
  const meeting = await livekit.meeting();
  const ada = await meeting.seat({});
  expect(await livekit.knock(await livekit.rtc(meeting, ada))).toBe(101);
  livekit.redisFails();
  expect(await livekit.knock(await livekit.rtc(meeting, ada))).toBe(503);
});

test("[K19] a removed participant does not come back while Redis is away, whenever the connection was cut", async () => {
  const meeting = await livekit.meeting();
  const eve = await meeting.seat({});
  expect(await livekit.knock(await livekit.rtc(meeting, eve))).toBe(101);
  await vi.waitFor(async () => expect(await livekit.inside(meeting)).toEqual([eve]));
  // The host removes her through an app that reaches Redis; this gatekeeper no longer does.
  livekit.redisIsAway();
  await livekit.rooms().removeParticipant(`${meeting.sessionId}.a`, eve);
  expect(await livekit.knock(await livekit.rtc(meeting, eve))).toBe(503);
  expect(await livekit.inside(meeting)).toEqual([]);
});

test("[K19] the sweep also asks about participants who left, and forgets the removed ones", async () => {
  const meeting = await livekit.meeting();
  const [ada, eve] = [await meeting.seat({}), await meeting.seat({})];
  const room = `${meeting.sessionId}.a`;
  for (const identity of [ada, eve]) expect(await livekit.knock(await livekit.rtc(meeting, identity))).toBe(101);
  livekit.hangUp();
  await vi.waitFor(async () => expect(await livekit.inside(meeting)).toEqual([]));
  await redis().hset(keys.ofRoom("seat", meeting.code, eve), { status: "removed" });
  await livekit.sweepOf(meeting).run(Date.now());
  expect(livekit.remembered.byRoom().get(room)).toEqual([ada]);
  // A minute later nothing is left to ask about, though they still hold the seat.
  await livekit.sweepOf(meeting).run(Date.now() + 30_000);
  await livekit.sweepOf(meeting).run(Date.now() + 61_000);
  expect(livekit.remembered.byRoom().get(room)).toBeUndefined();
});
