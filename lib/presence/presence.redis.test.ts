import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Identity, newIdentity, newSessionId } from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { NOW } from "#lib/testing/places.ts";
import { type RunningMeeting, aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { WebhookEvent } from "livekit-server-sdk";
import { readEntitled, storeArrival, storeDeparture } from "./entitlement-repository.ts";
import { handleMediaEvent } from "./presence-service.ts";

const lines: string[] = [];
beforeAll(() => {
  vi.spyOn(console, "info").mockImplementation((line: string) => void lines.push(line));
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterAll(() => void vi.restoreAllMocks());

type Step = { kind: "joined" | "left"; sid: "one" | "two" };
const JOINED_AT = { one: NOW + 1_000, two: NOW + 9_000 };
const joinedOne: Step = { kind: "joined", sid: "one" };
const leftOne: Step = { kind: "left", sid: "one" };
const joinedTwo: Step = { kind: "joined", sid: "two" };
const leftTwo: Step = { kind: "left", sid: "two" };

async function tell({ code, sessionId }: RunningMeeting, identity: Identity, { kind, sid }: Step, leg = "a") {
  const report = { sessionId, leg, identity, sid, joinedAtMs: JOINED_AT[sid] };
  await (kind === "joined" ? storeArrival : storeDeparture)(code, report, NOW + 10_000);
}

const stateOf = ({ code }: RunningMeeting, identity: Identity) =>
  redis().hmget<Record<string, string>>(keys.ofRoom("seat", code, identity), "status", "sid") as unknown as Promise<
    string[]
  >;

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

test("[W4] the newest connection counts, in any order of events, and with repeated events", async () => {
  const meeting = await aRunningMeeting();
  for (const steps of permutations([joinedOne, leftOne, joinedTwo])) {
    const ada = await meeting.seat({ status: "reserved" });
    for (const step of [...steps, ...steps]) await tell(meeting, ada, step);
    expect(await stateOf(meeting, ada), JSON.stringify(steps)).toEqual(["present", "two"]);
  }
});

test("[W4] when the newest connection ends the participant is away, in any order of events", async () => {
  const meeting = await aRunningMeeting();
  for (const steps of permutations([joinedOne, leftOne, joinedTwo, leftTwo])) {
    const ada = await meeting.seat({ status: "reserved" });
    for (const step of [...steps, leftOne, joinedTwo]) await tell(meeting, ada, step);
    expect(await stateOf(meeting, ada), JSON.stringify(steps)).toEqual(["away", "two"]);
  }
});

test("[W4] a leg other than home does not change whether a participant is present", async () => {
  const meeting = await aRunningMeeting();
  await redis().hset(keys.ofRoom("legs", meeting.code), { b: `local-b|${meeting.sessionId}.b|live` });
  const ada = await meeting.seat({ status: "reserved" });
  await tell(meeting, ada, joinedTwo, "b");
  expect(await stateOf(meeting, ada)).toEqual(["reserved", null]);
  await tell(meeting, ada, joinedOne);
  await tell(meeting, ada, leftTwo, "b");
  expect(await stateOf(meeting, ada)).toEqual(["present", "one"]);
});

test("[W5] a lost connection keeps the seat for a minute, and the host's entry for nudges", async () => {
  const meeting = await aRunningMeeting();
  const host = await meeting.seat({ role: "host", heldUntilMs: NOW + 999_000 });
  await tell(meeting, host, joinedOne);
  await tell(meeting, host, leftOne);
  expect(Number(await redis().zscore(keys.ofRoom("seats", meeting.code), host))).toBe(NOW + 70_000);
  expect(Number(await redis().zscore(keys.ofRoom("hosts", meeting.code), host))).toBe(NOW + 70_000);
  expect(await redis().hget(keys.ofRoom("session", meeting.code), "hostGoneSinceMs")).toBe(String(NOW + 10_000));
  const guest = await meeting.seat({});
  await tell(meeting, guest, leftOne);
  expect(await redis().zscore(keys.ofRoom("hosts", meeting.code), guest)).toBeNull();
});

test("[W6] only seats of the running session that were not removed are entitled", async () => {
  const meeting = await aRunningMeeting();
  const { code, sessionId } = meeting;
  const ada = await meeting.seat({});
  const lapsed = await meeting.seat({ heldUntilMs: NOW - 1 });
  const removed = await meeting.seat({ status: "removed" });
  const banned = await meeting.seat({ personKey: "g_eve" });
  await redis().hset(keys.ofRoom("bans", code), { g_eve: "{}" });
  const asked = [ada, lapsed, removed, banned, newIdentity(), `${ada}#x`];
  expect([...(await readEntitled(code, { sessionId, leg: "a" }, asked, NOW)).keys()]).toEqual([ada, lapsed]);
  expect((await readEntitled(code, { sessionId, leg: "z" }, asked, NOW)).size).toBe(0);
  expect((await readEntitled(code, { sessionId: newSessionId(), leg: "a" }, asked, NOW)).size).toBe(0);
});

test("[W6] an arrival without entitlement takes no seat", async () => {
  const meeting = await aRunningMeeting();
  const eve = await meeting.seat({ status: "removed" });
  await redis().zrem(keys.ofRoom("seats", meeting.code), eve);
  await tell(meeting, eve, joinedOne);
  expect((await stateOf(meeting, eve))[0]).toBe("removed");
  expect(await redis().zscore(keys.ofRoom("seats", meeting.code), eve)).toBeNull();
});

const event = (name: string, change: object = {}) =>
  WebhookEvent.fromJson({ event: name, id: crypto.randomUUID(), createdAt: "1", ...change });

test("[O2] a handled event is logged with the session and identity of its token", async () => {
  const { sessionId } = await aRunningMeeting();
  const identity = newIdentity();
  const left = event("participant_left", { room: { name: `${sessionId}.a` }, participant: { identity, name: "Ada" } });
  await handleMediaEvent({ event: left, sites: [] }, NOW);
  const line = lines.find((text) => text.includes(identity));
  expect(JSON.parse(line ?? "")).toMatchObject({
    event: "webhook.participant_left",
    session: sessionId,
    leg: "a",
    identity,
  });
  expect(line).not.toContain("Ada");
});

test("[W3] events that do not concern us are ignored", async () => {
  const room = { name: "elsewhere" };
  for (const name of ["room_started", "egress_started", "participant_joined", "something_new"]) {
    expect(await handleMediaEvent({ event: event(name, { room }), sites: [] }, NOW)).toBe("ignored");
  }
  expect(await handleMediaEvent({ event: event("participant_joined"), sites: [] }, NOW)).toBe("ignored");
});

test("[W12] a participant of a session that Redis does not know is left to the gatekeeper", async () => {
  const room = { name: `${newSessionId()}.a` };
  const participant = { identity: newIdentity(), sid: "PA_1", joinedAtMs: String(NOW) };
  const track = { sid: "TR_1", type: "AUDIO", source: "MICROPHONE" };
  for (const name of ["participant_joined", "track_published"]) {
    // An eviction would ask a media server; there is none, so asking would fail.
    expect(await handleMediaEvent({ event: event(name, { room, participant, track }), sites: ["gone"] }, NOW)).toBe(
      "handled",
    );
  }
});

test("[W7] an event is handled once; one that failed half-way is new when it comes again", async () => {
  const meeting = await aRunningMeeting();
  const ada = await meeting.seat({ status: "reserved" });
  const participant = { identity: ada, sid: "PA_1", joinedAtMs: String(NOW), attributes: { role: "participant" } };
  const joined = event("participant_joined", { room: { name: `${meeting.sessionId}.a` }, participant });
  // Its rights need a correction, and no media server answers.
  await expect(handleMediaEvent({ event: joined, sites: ["gone"] }, NOW)).rejects.toMatchObject({
    code: "media_unavailable",
  });
  expect(await handleMediaEvent({ event: joined, sites: [] }, NOW)).toBe("handled");
  expect(await handleMediaEvent({ event: joined, sites: ["gone"] }, NOW)).toBe("repeated");
  expect(await stateOf(meeting, ada)).toEqual(["present", "PA_1"]);
});

test("[W10] a finished room ends the session only when no seat counts any more", async () => {
  const meeting = await aRunningMeeting();
  await meeting.seat({ heldUntilMs: NOW + 60_000 });
  const finished = () => ({ event: event("room_finished", { room: { name: `${meeting.sessionId}.a` } }), sites: [] });
  await handleMediaEvent(finished(), NOW);
  expect(await redis().exists(keys.ofRoom("session", meeting.code))).toBe(1);
  await handleMediaEvent(finished(), NOW + 60_001);
  expect(await redis().exists(keys.ofRoom("session", meeting.code))).toBe(0);
});
