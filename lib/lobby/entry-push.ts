import { type Nudge, parseNudge, SYSTEM_TOPIC } from "#lib/rooms/nudge-schema.ts";

export type PushEvents = { nudged: (revision?: number) => void; changed: (isConnected: boolean) => void };

/** The guest's subscription to lobby nudges. It ends on a lost connection; the next API answer brings a new token. */
export type LobbyPush = { close: () => void };
export type OpenPush = (at: { url: string; token: string }, events: PushEvents) => LobbyPush;

const CONNECT_OPTIONS = { autoSubscribe: false, maxRetries: 0, websocketTimeout: 5_000, peerConnectionTimeout: 8_000 };

/**
 * Connects to the lobby room and receives the server's nudges. It publishes and subscribes to nothing.
 *
 * livekit-client is loaded on demand: users who join without asking, or wait with no host present, do not need it yet.
 */
export const openPush: OpenPush = ({ url, token }, events) => {
  let isClosed = false;
  let hangUp = () => {};
  const connect = async () => {
    const { LogLevel, Room, RoomEvent, setLogLevel } = await import("livekit-client");
    if (isClosed) return;
    setLogLevel(LogLevel.silent);
    const room = new Room();
    hangUp = () => void room.disconnect();
    room.on(RoomEvent.DataReceived, (payload, participant, _kind, topic, _encryption, sender) => {
      // Guests cannot send; a message with a sender is not from the server.
      if (participant || sender || topic !== SYSTEM_TOPIC) return;
      const nudge = readForGuests(payload);
      if (nudge) events.nudged(nudge.revision);
    });
    room.on(RoomEvent.Disconnected, () => isClosed || events.changed(false));
    room.on(RoomEvent.Reconnected, () => isClosed || events.nudged());
    await room.connect(url, token, CONNECT_OPTIONS);
    if (isClosed) hangUp();
    else events.changed(true);
  };
  connect().catch(() => isClosed || events.changed(false));
  return {
    close() {
      isClosed = true;
      hangUp();
    },
  };
};

function readForGuests(payload: Uint8Array): Nudge | undefined {
  const nudge = parseNudge(payload);
  return nudge?.kind === "verdict" || nudge?.kind === "lobby" ? nudge : undefined;
}

/** Keeps at most one connection, and pauses between attempts on networks that block it. */
export function createPushKeeper(open: OpenPush, events: PushEvents, now: () => number) {
  /** Minimum time between two attempts, in milliseconds. */
  const REST_MS = 10_000;
  let push: LobbyPush | undefined;
  let isConnected = false;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  const changed = (next: boolean) => {
    isConnected = next;
    if (!next) push = undefined;
    events.changed(next);
  };
  return {
    isConnected: () => isConnected,
    /** Whether to request a token. */
    isWanted: () => push === undefined && now() - triedAtMs >= REST_MS,
    open(at: Parameters<OpenPush>[0]) {
      if (push) return;
      triedAtMs = now();
      push = open(at, { nudged: events.nudged, changed });
    },
    close() {
      push?.close();
      push = undefined;
      isConnected = false;
      triedAtMs = Number.NEGATIVE_INFINITY;
    },
  };
}
