import type { ReconnectPolicy, RoomConnectOptions, RoomOptions } from "livekit-client";

/** How long the call tries to come back before it gives up, in milliseconds. */
export const GIVE_UP_AFTER_MS = 5 * 60_000;
const STEPS_MS = [0, 300, 600, 1_000, 1_500];

/** Tries often: a meeting that comes back after a second was hardly gone. The spread keeps a room of people apart. */
export const reconnectPolicy: ReconnectPolicy = {
  nextRetryDelayInMs({ elapsedMs, retryCount }) {
    if (elapsedMs > GIVE_UP_AFTER_MS) return null;
    const step = STEPS_MS[Math.min(retryCount, STEPS_MS.length - 1)] ?? 0;
    return step * (0.7 + 0.3 * Math.random());
  },
};

export const ROOM_OPTIONS: RoomOptions = {
  adaptiveStream: true,
  dynacast: true,
  reconnectPolicy,
  // My tracks outlive a leg: they are published again on the next one.
  stopLocalTrackOnUnpublish: false,
  // The SDK would also hang up for a mailto: link or a download; we hang up on `pagehide` only.
  disconnectOnPageLeave: false,
};

/** A server that does not answer within these is not worth waiting for: entry may hand out another one. */
export const CONNECT_OPTIONS: RoomConnectOptions = {
  maxRetries: 0,
  websocketTimeout: 5_000,
  peerConnectionTimeout: 8_000,
};
