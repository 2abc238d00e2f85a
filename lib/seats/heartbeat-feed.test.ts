import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createHeartbeatFeed } from "./heartbeat-feed.ts";
import type { Api } from "./room-client.ts";
import type { MeetingView } from "./seat-schema.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("[N61] renews the seat every 30 s, every 3 s while the connection is lost, and right away when asked", async () => {
  const asked = vi.fn();
  const api = async () => {
    asked();
    throw new Error("no answer");
  };
  const failed = vi.fn();
  const feed = createHeartbeatFeed(
    { path: "/r", headers: {} },
    { api, random: () => 0.5 },
    { updated: () => {}, failed },
  );
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

test("[H57] after a nudge the page reads without renewing the seat, unless a renewal is due", async () => {
  const asked: string[] = [];
  const api = (async (_, request) => {
    asked.push(request?.method ?? "GET");
    return {};
  }) as Api;
  const feed = createHeartbeatFeed(
    { path: "/r", headers: {} },
    { api, random: () => 0.5 },
    { updated: () => {}, failed: () => {} },
  );
  const nudge = async () => {
    feed.nudged();
    await vi.advanceTimersByTimeAsync(1_000);
  };
  await nudge();
  await nudge();
  expect(asked).toEqual(["POST", "GET"]);
  // Even a flood of nudges does not keep the seat from being renewed.
  for (let second = 0; second < 60; second += 1) await nudge();
  expect(asked.filter((method) => method === "POST")).toHaveLength(3);
  feed.now();
  await vi.advanceTimersByTimeAsync(1);
  expect(asked.at(-1)).toBe("POST");
  feed.stop();
});

test("[N61] ignores the answer to an outdated request", async () => {
  const answers: ((view: unknown) => void)[] = [];
  const api = (() => new Promise<unknown>((resolve) => void answers.push(resolve))) as Api;
  const updated = vi.fn();
  const feed = createHeartbeatFeed(
    { path: "/r", headers: {} },
    { api, random: () => 0.5 },
    { updated, failed: () => {} },
  );
  const [before, after] = [{ nowMs: 1 }, { nowMs: 2 }] as MeetingView[];
  feed.now();
  feed.now(); // LiveKit has just reported the removal
  answers[0]?.(before!);
  await vi.advanceTimersByTimeAsync(1);
  expect(updated).not.toHaveBeenCalled();
  answers[1]?.(after!);
  await vi.advanceTimersByTimeAsync(1);
  expect(updated.mock.calls).toEqual([[after]]);
  feed.stop();
});
