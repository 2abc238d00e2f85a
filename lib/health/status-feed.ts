import { AppError, type ErrorCode } from "#lib/errors.ts";
import { api } from "#lib/http/api-client.ts";
import { type Store, createStore } from "#lib/live/store.ts";
import { whileSeen } from "#lib/live/while-seen.ts";
import type { Status } from "./health-schema.ts";

export type StatusState =
  | { status: "loading" }
  | { status: "ready"; snapshot: Status; isStale: boolean }
  | { status: "failed"; code: ErrorCode };

/** Each refresh asks every site twice. */
const REFRESH_MS = 15_000;

export type StatusFeed = { state: Store<StatusState>; refresh: () => Promise<void> };

/** The state of the sites, refreshed while it has a reader and the page is visible. */
export function createStatusFeed(): StatusFeed {
  const state = createStore<StatusState>({ status: "loading" }, () => whileSeen(refresh, REFRESH_MS));

  async function refresh(): Promise<void> {
    try {
      state.set({ status: "ready", snapshot: await api<Status>("/api/status"), isStale: false });
    } catch (error) {
      const code = error instanceof AppError ? error.code : "internal";
      const before = state.getSnapshot();
      // Old figures are better than none, but not for a user who is no longer allowed to see them.
      const mayKeep = before.status === "ready" && code !== "not_found";
      state.set(mayKeep ? { ...before, isStale: true } : { status: "failed", code });
    }
  }

  return { state, refresh };
}
