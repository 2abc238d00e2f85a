import { beforeAll, afterAll, expect, test, vi } from "vitest";
import type { PersonKey } from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { NOW, OWNER } from "#lib/testing/places.ts";
import { aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { readRecord } from "./record-repository.ts";
import { regainHost, settleSuccession } from "./succession-service.ts";
import { HOST_GRACE_MS } from "#lib/seats/liveness.ts";

// No media server answers here; only the state in Redis matters.
beforeAll(() => void vi.spyOn(console, "warn").mockImplementation(() => undefined));
afterAll(() => void vi.restoreAllMocks());

const ADA = `a_${"a".repeat(27)}` as PersonKey;
const BEA = `a_${"b".repeat(27)}` as PersonKey;
const LATER = NOW + HOST_GRACE_MS;
const FAR = NOW + 10 * HOST_GRACE_MS;

async function hostGone() {
  const meeting = await aRunningMeeting();
  const owner = await meeting.seat({ role: "host", name: "Olga", heldUntilMs: FAR });
  expect(await settleSuccession(meeting.code, NOW)).toBeUndefined();
  await redis().hset(keys.ofRoom("seat", meeting.code, owner), { status: "away" });
  const roleOf = (personKey: string) => redis().hget<string>(keys.ofRoom("roles", meeting.code), personKey);
  return { meeting, owner, roleOf };
}

test("[M14] after a minute without a host, the signed-in participant present longest becomes host, and no actor is named", async () => {
  const { meeting, roleOf } = await hostGone();
  const ada = await meeting.seat({ personKey: ADA, name: "Ada", heldUntilMs: FAR });
  await meeting.seat({ name: "Guest", joinedAtMs: NOW - 500_000, heldUntilMs: FAR });

  expect(await settleSuccession(meeting.code, NOW)).toBeUndefined();
  expect(await settleSuccession(meeting.code, LATER - 1)).toBeUndefined();
  expect(await settleSuccession(meeting.code, LATER)).toBe(ada);
  expect(await roleOf(ADA)).toBe("host");
  expect(await redis().zscore(keys.ofRoom("hosts", meeting.code), ada)).not.toBeNull();
  expect((await readRecord(meeting.code, NOW)).log[0]).toMatchObject({ by: "", what: "became-host", target: "Ada" });
  expect(await settleSuccession(meeting.code, LATER + 1)).toBeUndefined();
});

test("[M14] when the host's departure went unnoticed, the minute starts at the host's last report", async () => {
  const meeting = await aRunningMeeting();
  const ada = await meeting.seat({ personKey: ADA, name: "Ada", heldUntilMs: FAR });
  await redis().hset(keys.ofRoom("session", meeting.code), { hostSeenAtMs: String(NOW) });
  expect(await settleSuccession(meeting.code, LATER)).toBe(ada);
});

test("[M15] concurrent calls make one host", async () => {
  const { meeting, roleOf } = await hostGone();
  await meeting.seat({ personKey: ADA, name: "Ada", joinedAtMs: NOW - 90_000, heldUntilMs: FAR });
  await meeting.seat({ personKey: BEA, name: "Bea", heldUntilMs: FAR });
  await settleSuccession(meeting.code, NOW);
  const settled = await Promise.all(Array.from({ length: 8 }, () => settleSuccession(meeting.code, LATER)));
  expect(settled.filter(Boolean)).toHaveLength(1);
  expect([await roleOf(ADA), await roleOf(BEA)]).toEqual(["host", null]);
});

test("[M16] a returning owner hosts again, and the acting host gets their previous role", async () => {
  for (const role of ["cohost", "participant"] as const) {
    const { meeting, owner, roleOf } = await hostGone();
    const ada = await meeting.seat({ personKey: ADA, role, name: "Ada", heldUntilMs: FAR });
    await settleSuccession(meeting.code, NOW);
    expect(await settleSuccession(meeting.code, LATER)).toBe(ada);
    await redis().hset(keys.ofRoom("seat", meeting.code, owner), { status: "present" });
    await Promise.all([regainHost(meeting.code, owner, LATER + 1), regainHost(meeting.code, owner, LATER + 1)]);
    expect(await roleOf(ADA)).toBe(role === "cohost" ? "cohost" : null);
    const isNudged = (await redis().zscore(keys.ofRoom("hosts", meeting.code), ada)) !== null;
    expect(isNudged).toBe(role === "cohost");
    expect((await readRecord(meeting.code, NOW)).log.filter(({ target }) => target === "Olga")).toHaveLength(1);
  }
});

test("[M16] a host who returns within the minute stays host, however late the event arrives", async () => {
  const { meeting, owner } = await hostGone();
  await meeting.seat({ personKey: ADA, heldUntilMs: FAR });
  await settleSuccession(meeting.code, NOW);
  await redis().hset(keys.ofRoom("seat", meeting.code, owner), { status: "present" });
  expect(await settleSuccession(meeting.code, LATER + 5_000)).toBeUndefined();
});

test("[M14] a meeting that never had a host has no role to inherit", async () => {
  const meeting = await aRunningMeeting({ access: "open" });
  await meeting.seat({ personKey: ADA, heldUntilMs: FAR });
  await settleSuccession(meeting.code, NOW);
  expect(await settleSuccession(meeting.code, LATER)).toBeUndefined();
});

test("[M16] only the owner regains the meeting", async () => {
  const { meeting, roleOf } = await hostGone();
  await meeting.seat({ personKey: ADA, heldUntilMs: FAR });
  const bea = await meeting.seat({ personKey: BEA, joinedAtMs: NOW, heldUntilMs: FAR });
  await settleSuccession(meeting.code, NOW);
  await settleSuccession(meeting.code, LATER);
  await regainHost(meeting.code, bea, LATER);
  expect([await roleOf(ADA), await roleOf(BEA), await roleOf(OWNER)]).toEqual(["host", null, null]);
});
