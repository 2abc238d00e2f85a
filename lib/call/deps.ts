import { LogLevel, Room, setLogLevel } from "livekit-client";
import { systemClock } from "#lib/clock.ts";
import { api } from "#lib/http/api-client.ts";
import type { FeedDeps } from "#lib/seats/room-client.ts";
import { ROOM_OPTIONS } from "./connection/room-options.ts";

// We show connection loss in the UI; the SDK's own logging of it is too noisy.
setLogLevel(LogLevel.silent);

/** What a call needs from outside. */
export type Deps = FeedDeps & { createRoom: () => Room };

export const realDeps: Deps = {
  api,
  createRoom: () => new Room(ROOM_OPTIONS),
  now: systemClock,
  random: Math.random,
};
