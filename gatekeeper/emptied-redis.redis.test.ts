import { expect, test, vi } from "vitest";
import { saveNote } from "#lib/health/health-repository.ts";
import { type Identity, newIdentity } from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import type { RunningMeeting } from "#lib/testing/meeting-repository.ts";
import { useGuardedLiveKit } from "../tests/support/guarded-livekit.ts";
import { ASK_MS } from "./sweep-pace.ts";

const livekit = useGuardedLiveKit("emptied-a");

test("[K18] all gatekeepers see one epoch, and a new one after Redis was emptied", async () => {
  const note = { load: 0.5, isUp: true, clockMs: 0, atMs: Date.now() };
  const [first, second] = [
    await saveNote("epoch-a", { node: "a", ...note }),
    await saveNote("epoch-b", { node: "b", ...note }),
  ];
  expect(first.epoch).toMatch(/\S/);
  expect(second.epoch).toBe(first.epoch);
  await redis().del(keys.epoch);
  expect((await saveNote("epoch-a", { node: "a", ...note })).epoch).not.toBe(first.epoch);
});

/** Acts as if Redis had been emptied, for this meeting only: other tests use the same Redis. */
async function emptyRedisOf({ code, sessionId }: RunningMeeting, identities: readonly Identity[]) {
  const names = [
    keys.ofRoom("room", code),
    keys.ofRoom("session", code),
    keys.ofRoom("legs", code),
    keys.ofRoom("seats", code),
    keys.sessionCode(sessionId),
  ];
  await redis().del(...names, ...identities.map((identity) => keys.ofRoom("seat", code, identity)), keys.epoch);
}

test("[K18] an emptied Redis ends no call: participants stay, strangers are evicted, and no one can join", async () => {
  await saveNote("epoch-a", { node: "a", load: 0, isUp: true, clockMs: 0, atMs: Date.now() });
  const meeting = await livekit.meeting();
  const [ada, bea] = [await meeting.seat({}), await meeting.seat({})];
  const sweep = livekit.sweepOf(meeting);
  for (const identity of [ada, bea]) expect(await livekit.knock(await livekit.rtc(meeting, identity))).toBe(101);
  await vi.waitFor(async () => expect(await livekit.inside(meeting)).toHaveLength(2));
  await sweep.run(Date.now());

  await emptyRedisOf(meeting, [ada, bea]);
  expect(await livekit.knock(await livekit.rtc(meeting, newIdentity()), livekit.signalPort())).toBe(101);
  await vi.waitFor(async () => expect(await livekit.inside(meeting)).toHaveLength(3));
  // Also when it was minutes ago, and a new epoch has begun.
  for (const nowMs of [Date.now(), Date.now() + 600_000]) {
    await sweep.run(nowMs);
    await vi.waitFor(async () => expect(await livekit.inside(meeting)).toEqual([ada, bea].toSorted()));
    await saveNote("epoch-a", { node: "a", load: 0, isUp: true, clockMs: 0, atMs: Date.now() });
  }
  expect(await livekit.knock(await livekit.rtc(meeting, newIdentity()))).toBe(403);
});

test("[K18] a session that is over, in a Redis that was not emptied, is no reason to stay", async () => {
  await saveNote("epoch-a", { node: "a", load: 0, isUp: true, clockMs: 0, atMs: Date.now() });
  const meeting = await livekit.meeting();
  const ada = await meeting.seat({});
  const sweep = livekit.sweepOf(meeting);
  expect(await livekit.knock(await livekit.rtc(meeting, ada))).toBe(101);
  await vi.waitFor(async () => expect(await livekit.inside(meeting)).toEqual([ada]));
  await sweep.run(Date.now());
  await redis().del(keys.ofRoom("session", meeting.code), keys.sessionCode(meeting.sessionId));
  await sweep.run(Date.now() + ASK_MS);
  await vi.waitFor(async () => expect(await livekit.inside(meeting)).toEqual([]));
});
