import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStatusFeed } from "./status-feed.ts";

const snapshot = { atMs: 1, regions: [], sessions: [], sessionCount: 0 };
let answer: () => Response;
let asked: number;

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  const page = { visibilityState: "visible", addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal("document", page);
  vi.stubGlobal("fetch", () => {
    asked += 1;
    return Promise.resolve(answer());
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const error = (status: number, code: string) => () => Response.json({ error: { code, message: "" } }, { status });
const well = () => Response.json(snapshot);

/** What the page shows after these answers in turn. */
async function shown(...answers: (() => Response)[]) {
  const { state, refresh } = createStatusFeed();
  for (answer of answers) await refresh();
  return state.getSnapshot();
}

test("[O10] the page refreshes while it is visible, and not otherwise", async () => {
  answer = well;
  const { state } = createStatusFeed();
  expect(state.getSnapshot()).toEqual({ status: "loading" });
  const leave = state.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(31_000);
  expect(asked).toBe(3);
  expect(state.getSnapshot()).toEqual({ status: "ready", snapshot, isStale: false });
  leave();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(3);
});

test("[O10] figures that could not be refreshed are shown as old, and as current after the next success", async () => {
  expect(await shown(error(503, "unavailable"))).toEqual({ status: "failed", code: "unavailable" });
  expect(await shown(well, error(503, "unavailable"))).toEqual({ status: "ready", snapshot, isStale: true });
  expect(await shown(well, error(503, "unavailable"), well)).toEqual({ status: "ready", snapshot, isStale: false });
});

test("[O6] a user who is no longer an operator sees none of the earlier figures", async () => {
  expect(await shown(well, error(404, "not_found"))).toEqual({ status: "failed", code: "not_found" });
});
