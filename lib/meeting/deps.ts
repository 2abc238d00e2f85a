import { Room } from "livekit-client";
import { api } from "#lib/http/api-client.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { ROOM_OPTIONS } from "./room-options.ts";

/** Asks our API; the same shape as `api`, so that tests answer by hand. */
export type Api = typeof api;

/** What a meeting needs from outside. */
export type Deps = {
  api: Api;
  createRoom: () => Room;
  now: Clock;
  /** 0 up to 1. */
  random: () => number;
};

export const realDeps: Deps = {
  api,
  createRoom: () => new Room(ROOM_OPTIONS),
  now: systemClock,
  random: Math.random,
};
