import { describe, expect, test } from "vitest";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { MAX_CHAT_LENGTH } from "#lib/rooms/chat-text.ts";
import { NOW } from "#lib/testing/places.ts";
import { type RunningMeeting, aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { MAX_MESSAGES, readMessages, storeMessage } from "./chat-repository.ts";

type Identity = Awaited<ReturnType<RunningMeeting["seat"]>>;
const draft = (identity: Identity, text = "hello", id: string = crypto.randomUUID()) => ({
  id,
  identity,
  name: "Ada",
  text,
  sentAtMs: NOW,
});

test("[C1] a message sent again is the stored message, however many sends are concurrent", async () => {
  const meeting = await aRunningMeeting();
  const ada = await meeting.seat({});
  const once = draft(ada);
  const answers = await Promise.all(Array.from({ length: 6 }, () => storeMessage(meeting.code, once)));
  expect(answers.map(({ status }) => status).filter((status) => status === "sent")).toHaveLength(1);
  const facts = { seq: 1, kind: "guest", role: "participant", isLikeHost: false };
  expect(await readMessages(meeting.code, 0)).toEqual([{ ...once, ...facts }]);
});

test("[C1] an id of another participant's message cannot be used", async () => {
  const meeting = await aRunningMeeting();
  const [ada, eve] = [await meeting.seat({}), await meeting.seat({})];
  const first = draft(ada);
  await storeMessage(meeting.code, first);
  expect(await storeMessage(meeting.code, draft(eve, "boo", first.id))).toEqual({ status: "id_taken" });
});

test("[C2] messages are numbered without gaps, and those newer than a number can be read", async () => {
  const meeting = await aRunningMeeting();
  const ada = await meeting.seat({});
  await Promise.all(Array.from({ length: 20 }, (_, at) => storeMessage(meeting.code, draft(ada, `${at}`))));
  const all = await readMessages(meeting.code, 0);
  expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  expect((await readMessages(meeting.code, 17)).map(({ seq }) => seq)).toEqual([18, 19, 20]);
  expect(await readMessages(meeting.code, 20)).toEqual([]);
  expect(await readMessages(meeting.code, 99)).toEqual([]);
});

test("[C3] the newest messages are kept up to a number, and reading them stays exact", async () => {
  const meeting = await aRunningMeeting();
  const ada = await meeting.seat({});
  for (let at = 0; at < MAX_MESSAGES + 5; at += 100) {
    const batch = Array.from({ length: Math.min(100, MAX_MESSAGES + 5 - at) }, () => draft(ada));
    await Promise.all(batch.map((one) => storeMessage(meeting.code, one)));
  }
  const kept = await readMessages(meeting.code, 0);
  expect(kept).toHaveLength(MAX_MESSAGES);
  expect(kept[0]?.seq).toBe(6);
  expect((await readMessages(meeting.code, MAX_MESSAGES + 3)).map(({ seq }) => seq)).toEqual([504, 505]);
});

test.each([
  ["quotes and braces", '"},{"seq":9,"id":"x'],
  ["what looks like the beginning of a message", `{"id":"${"0".repeat(36)}"`],
  ["the longest possible text", "€".repeat(MAX_CHAT_LENGTH)],
  ["lone surrogates and controls", "a\u0000\u001f\\ b"],
])("[C4] text is kept as it was written: %s", async (_, text) => {
  const meeting = await aRunningMeeting();
  const ada = await meeting.seat({});
  await storeMessage(meeting.code, draft(ada, text));
  expect((await readMessages(meeting.code, 0))[0]?.text).toBe(text);
});

test("[C5] a user who was removed, or is in no meeting, cannot write", async () => {
  const meeting = await aRunningMeeting();
  const eve = await meeting.seat({ status: "removed" });
  expect(await storeMessage(meeting.code, draft(eve))).toEqual({ status: "not_inside" });
  const ada = await meeting.seat({});
  await redis().del(keys.ofRoom("session", meeting.code));
  expect(await storeMessage(meeting.code, draft(ada))).toEqual({ status: "not_inside" });
});

describe("[L27] a message says who wrote it", () => {
  const written = async (meeting: RunningMeeting, identity: Identity) => {
    await storeMessage(meeting.code, draft(identity));
    const { kind, role, isLikeHost } = (await readMessages(meeting.code, 0)).at(-1) ?? {};
    return { kind, role, isLikeHost };
  };
  const plain = { role: "participant", isLikeHost: false };

  test("guests, signed-in users, co-hosts and hosts are marked as such", async () => {
    const meeting = await aRunningMeeting();
    expect(await written(meeting, await meeting.seat({}))).toEqual({ ...plain, kind: "guest" });
    expect(await written(meeting, await meeting.seat({ personKey: "a_mia" }))).toEqual({ ...plain, kind: "account" });
    const cohost = await meeting.seat({ personKey: "g_co", role: "cohost" });
    expect(await written(meeting, cohost)).toEqual({ kind: "guest", role: "cohost", isLikeHost: false });
    await redis().hdel(keys.ofRoom("roles", meeting.code), "g_co");
    expect(await written(meeting, cohost)).toEqual({ ...plain, kind: "guest" });
  });

  test.each([
    ["Hanna Host", true],
    ["hanna host", true],
    ["Hаnna Hоst", true],
    ["Hanna Horst", false],
  ])("under the name %s, beside a host called Hanna Host: flagged %s", async (name, isLikeHost) => {
    const meeting = await aRunningMeeting();
    const host = await meeting.seat({ role: "host", name: "Hanna Host" });
    expect(await written(meeting, await meeting.seat({ name }))).toMatchObject({ isLikeHost });
    expect(await written(meeting, host)).toMatchObject({ isLikeHost: false });
  });

  test("a name is compared with hosts who are present, and never with the sender's own other device", async () => {
    const meeting = await aRunningMeeting();
    await meeting.seat({ role: "host", name: "Hanna Host", heldUntilMs: NOW - 1 });
    expect(await written(meeting, await meeting.seat({ name: "Hanna Host" }))).toMatchObject({ isLikeHost: false });
    await meeting.seat({ role: "host", name: "Hanna Host" });
    const second = await meeting.seat({ role: "host", name: "Hanna Host" });
    expect(await written(meeting, second)).toMatchObject({ isLikeHost: false });
    const cohost = await meeting.seat({ role: "cohost", personKey: "a_co", name: "Hanna Host" });
    expect(await written(meeting, cohost)).toMatchObject({ isLikeHost: false });
  });
});
