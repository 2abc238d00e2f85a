import { expect, test } from "vitest";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { type RunningMeeting, aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { NOW } from "#lib/testing/places.ts";
import type { Identity } from "#lib/ids.ts";
import { storeArrival, storeDeparture } from "./entitlement-repository.ts";

async function onTwoLegs() {
  const meeting = await aRunningMeeting();
  await redis().hset(keys.ofRoom("legs", meeting.code), { b: `site-b|${meeting.sessionId}.b|live` });
  const host = await meeting.seat({ role: "host" });
  const joinedAtMs = { a: NOW + 1, b: NOW + 2 };
  for (const leg of ["a", "b"] as const) await tell(meeting, host, storeArrival, leg, joinedAtMs[leg]);
  return { meeting, host, joinedAtMs };
}

async function tell(
  { code, sessionId }: RunningMeeting,
  identity: Identity,
  store: typeof storeArrival | typeof storeDeparture,
  leg: string,
  joinedAtMs: number,
) {
  return store(code, { sessionId, leg, identity, sid: `${leg}${joinedAtMs}`, joinedAtMs }, NOW + 10_000);
}

const statusOf = ({ code }: RunningMeeting, identity: Identity) =>
  redis().hget(keys.ofRoom("seat", code, identity), "status");

test.each([
  ["home first", ["a", "b"]],
  ["standby first", ["b", "a"]],
] as const)(
  "[W4] a participant is present while connected to any live leg, and away after the last one: %s",
  async (_, order) => {
    const { meeting, host, joinedAtMs } = await onTwoLegs();
    const [first, last] = order;
    expect(await tell(meeting, host, storeDeparture, first, joinedAtMs[first])).toBe(false);
    expect(await statusOf(meeting, host)).toBe("present");
    expect(await redis().hget(keys.ofRoom("session", meeting.code), "hostGoneSinceMs")).toBeNull();
    expect(await tell(meeting, host, storeDeparture, last, joinedAtMs[last])).toBe(true);
    expect(await statusOf(meeting, host)).toBe("away");
    expect(await redis().hget(keys.ofRoom("session", meeting.code), "hostGoneSinceMs")).toBe(String(NOW + 10_000));
  },
);

test("[W4] a connection to a closed leg keeps no one present", async () => {
  const { meeting, host, joinedAtMs } = await onTwoLegs();
  await redis().hset(keys.ofRoom("legs", meeting.code), { a: `local-a|${meeting.sessionId}.a|closed` });
  await redis().hset(keys.ofRoom("seat", meeting.code, host), { homeLeg: "b" });
  await tell(meeting, host, storeDeparture, "b", joinedAtMs.b);
  expect(await statusOf(meeting, host)).toBe("away");
});

test("[W4] after a move the departure from the new home counts, even if that connection is older than the other", async () => {
  const { meeting, host, joinedAtMs } = await onTwoLegs();
  await redis().hset(keys.ofRoom("seat", meeting.code, host), { homeLeg: "b" });
  await tell(meeting, host, storeArrival, "a", NOW + 5_000);
  await tell(meeting, host, storeDeparture, "a", NOW + 5_000);
  await tell(meeting, host, storeDeparture, "b", joinedAtMs.b);
  expect(await statusOf(meeting, host)).toBe("away");
});
