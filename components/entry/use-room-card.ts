"use client";
import { useState, useSyncExternalStore } from "react";
import type { RoomCode } from "#lib/ids.ts";
import { type RoomCardFeed, type RoomCardState, createRoomCardFeed } from "#lib/rooms/room-card-feed.ts";

const LOADING: RoomCardState = { status: "loading" };

/** What may be known of the room before entering. */
export function useRoomCard(code: RoomCode): { room: RoomCardState; roomFeed: RoomCardFeed } {
  const [roomFeed] = useState(() => createRoomCardFeed(code));
  const room = useSyncExternalStore(roomFeed.state.subscribe, roomFeed.state.getSnapshot, () => LOADING);
  return { room, roomFeed };
}
