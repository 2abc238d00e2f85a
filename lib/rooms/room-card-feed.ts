import { AppError, type ErrorCode, type ErrorFacts } from "#lib/errors.ts";
import { api } from "#lib/http/api-client.ts";
import type { RoomCode } from "#lib/ids.ts";
import { type Store, createStore } from "#lib/live/store.ts";
import type { RoomCard } from "./room-schema.ts";

export type RoomCardState =
  | { status: "loading" }
  | { status: "ready"; card: RoomCard }
  | { status: "refused"; code: ErrorCode; facts: ErrorFacts };

export type RoomCardFeed = {
  state: Store<RoomCardState>;
  /** Requests it again; shows that it is loading unless the card is there already. */
  reload: () => Promise<void>;
};

/** What can be known about a room before joining. Requested once, with the first reader, and on each `reload`. */
export function createRoomCardFeed(code: RoomCode): RoomCardFeed {
  const state = createStore<RoomCardState>({ status: "loading" }, () => {
    if (state.getSnapshot().status === "loading") void load();
    return () => {};
  });

  async function load(): Promise<void> {
    try {
      state.set({ status: "ready", card: await api<RoomCard>(`/api/rooms/${code}`) });
    } catch (error) {
      const { code: reason, facts } = error instanceof AppError ? error : new AppError("unavailable");
      state.set({ status: "refused", code: reason, facts });
    }
  }

  return { state, reload: load };
}
