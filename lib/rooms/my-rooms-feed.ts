import { AppError, type ErrorCode } from "#lib/errors.ts";
import { api } from "#lib/http/api-client.ts";
import type { RoomCode } from "#lib/ids.ts";
import { type Store, createStore } from "#lib/live/store.ts";
import { whileSeen } from "#lib/live/while-seen.ts";
import type { MyRoom, MyRooms, OpenedRoom } from "./room-schema.ts";

export type MyRoomsState =
  | { status: "loading" }
  | { status: "ready"; rooms: readonly MyRoom[]; isStale: boolean }
  | { status: "failed"; code: ErrorCode };

/** Participants change by the minute; a visible home page asks this often, in milliseconds. */
const REFRESH_MS = 15_000;

export type MyRoomsFeed = {
  state: Store<MyRoomsState>;
  refresh: () => Promise<void>;
  /** @throws AppError as the API answers; the list stays unchanged then. */
  remove: (code: RoomCode) => Promise<void>;
};

/** The rooms I host, refreshed while they have a reader and the page is visible. */
export function createMyRoomsFeed(): MyRoomsFeed {
  const state = createStore<MyRoomsState>({ status: "loading" }, () => whileSeen(refresh, REFRESH_MS));

  async function refresh(): Promise<void> {
    try {
      const { rooms } = await api<MyRooms>("/api/rooms");
      state.set({ status: "ready", rooms, isStale: false });
    } catch (error) {
      const before = state.getSnapshot();
      // An old list is better than none; it is marked as old.
      if (before.status === "ready") state.set({ ...before, isStale: true });
      else state.set({ status: "failed", code: error instanceof AppError ? error.code : "internal" });
    }
  }

  async function remove(code: RoomCode): Promise<void> {
    await api(`/api/rooms/${code}`, { method: "DELETE" });
    const before = state.getSnapshot();
    if (before.status === "ready") state.set({ ...before, rooms: before.rooms.filter((room) => room.code !== code) });
  }

  return { state, refresh, remove };
}

/**
 * Creates a room and its link.
 *
 * @throws AppError `not_signed_in`, `rate_limited`, `unavailable`
 */
export async function openRoom(title?: string): Promise<OpenedRoom> {
  return api<OpenedRoom>("/api/rooms", { method: "POST", body: title ? { title } : {} });
}
