"use client";
import { useState, useSyncExternalStore } from "react";
import { type MyRoomsFeed, type MyRoomsState, createMyRoomsFeed } from "#lib/rooms/my-rooms-feed.ts";

const LOADING: MyRoomsState = { status: "loading" };

/** The rooms I host, and what can be done with them. */
export function useMyRooms(): { rooms: MyRoomsState; feed: MyRoomsFeed } {
  const [feed] = useState(createMyRoomsFeed);
  const rooms = useSyncExternalStore(feed.state.subscribe, feed.state.getSnapshot, () => LOADING);
  return { rooms, feed };
}
