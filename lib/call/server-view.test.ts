import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SYSTEM_TOPIC } from "#lib/rooms/nudge-schema.ts";
import type { MeetingView, SeatAttributes } from "#lib/seats/seat-schema.ts";
import type { Deps } from "./deps.ts";
import { HOST_GRACE_MS, createHostWatch } from "./host-watch.ts";
import { type OwnSeat, ownSeatFromAttributes } from "./roster/own-seat.ts";
import { readNudge } from "./connection/read-nudge.ts";
import { createHeartbeatFeed } from "#lib/seats/heartbeat-feed.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("[N61] the seat is renewed every 30 s, every 3 s while the connection is away, and at once when asked", async () => {
  const asked = vi.fn();
  const api = async () => {
    asked();
    throw new Error("nobody there");
  };
  const failed = vi.fn();
  const feed = createHeartbeatFeed({ path: "/r", headers: {} }, { api, random: () => 0.5 }, { told: () => {}, failed });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveBeenCalledTimes(2);
  feed.setLive(false);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(asked).toHaveBeenCalledTimes(5);
  feed.nudged();
  await vi.advanceTimersByTimeAsync(250);
  expect(asked).toHaveBeenCalledTimes(6);
  expect(failed.mock.calls.at(-1)?.[0]).toMatchObject({ code: "unavailable" });
  feed.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveBeenCalledTimes(6);
});

test("[N61] an answer that was under way when it was asked anew is not believed", async () => {
  const answers: ((view: unknown) => void)[] = [];
  const api = (() => new Promise<unknown>((resolve) => void answers.push(resolve))) as Deps["api"];
  const told = vi.fn();
  const feed = createHeartbeatFeed({ path: "/r", headers: {} }, { api, random: () => 0.5 }, { told, failed: () => {} });
  const [before, after] = [{ nowMs: 1 }, { nowMs: 2 }] as MeetingView[];
  feed.now();
  feed.now(); // LiveKit just said that I was removed
  answers[0]?.(before!);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).not.toHaveBeenCalled();
  answers[1]?.(after!);
  await vi.advanceTimersByTimeAsync(1);
  expect(told.mock.calls).toEqual([[after]]);
  feed.stop();
});

test("[N62] a meeting without a host asks once after a minute, and not when the host is back before", async () => {
  const ask = vi.fn();
  const watch = createHostWatch(ask, () => 1);
  watch.see(false);
  await vi.advanceTimersByTimeAsync(HOST_GRACE_MS - 1);
  watch.see(true);
  await vi.advanceTimersByTimeAsync(HOST_GRACE_MS);
  expect(ask).not.toHaveBeenCalled();
  watch.see(false);
  await vi.advanceTimersByTimeAsync(HOST_GRACE_MS);
  watch.see(false);
  await vi.advanceTimersByTimeAsync(4_999);
  expect(ask).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  watch.see(false);
  await vi.advanceTimersByTimeAsync(2 * HOST_GRACE_MS);
  expect(ask).toHaveBeenCalledTimes(1);
});

const packet = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
test.each([
  ["from the server", packet({ kind: "room" }), SYSTEM_TOPIC, "", "room"],
  ["from a participant", packet({ kind: "room" }), SYSTEM_TOPIC, "p_x", undefined],
  ["on another topic", packet({ kind: "room" }), "lk.chat", "", undefined],
  ["of a kind nobody knows", packet({ kind: "obey" }), SYSTEM_TOPIC, "", undefined],
  ["that is no JSON", packet("{"), SYSTEM_TOPIC, "", undefined],
])("[N63] a nudge counts only from the server: %s", (_, payload, topic, sender, expected) => {
  expect(readNudge(payload, topic, sender)?.kind).toBe(expected);
});

const seat = (more: Partial<SeatAttributes> = {}): SeatAttributes => ({
  role: "participant",
  kind: "guest",
  person: "x",
  hand: "",
  joinedAtMs: "1",
  home: "",
  ...more,
});
const me: OwnSeat = { identity: "p", person: "x", name: "Me", role: "cohost", handRaisedAtMs: 5 };
test.each([
  ["attributes for the first time", undefined, seat(), me],
  ["attributes that did not change", seat(), seat(), me],
  ["a new role", seat(), seat({ role: "host" }), { ...me, role: "host" }],
  ["a raised hand", seat(), seat({ hand: "9" }), { ...me, handRaisedAtMs: 9 }],
  ["a lowered hand", seat({ hand: "9" }), seat(), { ...me, handRaisedAtMs: undefined }],
  ["attributes that are not there yet", seat(), seat({ person: "", role: "host" }), me],
] as const)("[N64] of two words on me the latest counts: %s", (_, before, after, expected) => {
  expect(ownSeatFromAttributes(me, before, after)).toEqual(expected);
});
