import { LogLevel, Room, setLogLevel } from "livekit-client";
import { api } from "#lib/http/api-client.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { ROOM_OPTIONS } from "./room-options.ts";

/** Asks our API; the same shape as `api`, so that tests answer by hand. */
export type Api = typeof api;

// Losing a connection is our daily bread and shown on the screen; the SDK writes a page about each to the console.
setLogLevel(LogLevel.silent);

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
