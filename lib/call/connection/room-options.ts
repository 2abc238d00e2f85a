import type { ReconnectPolicy, RoomConnectOptions, RoomOptions } from "livekit-client";

/** How long the call tries to come back before it gives up, in milliseconds. */
export const GIVE_UP_AFTER_MS = 5 * 60_000;
const STEPS_MS = [0, 300, 600, 1_000, 1_500];

/** Retries quickly: recovery within a second goes unnoticed. The spread keeps a whole room from retrying at once. */
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
  // Own tracks outlive a leg: they are published again on the next one.
  stopLocalTrackOnUnpublish: false,
  // The SDK would also disconnect for a mailto: link or a download; we disconnect on `pagehide` only.
  disconnectOnPageLeave: false,
};

/** A server that does not answer within these times is given up: entering again may name another one. */
export const CONNECT_OPTIONS: RoomConnectOptions = {
  maxRetries: 0,
  websocketTimeout: 5_000,
  peerConnectionTimeout: 8_000,
};
