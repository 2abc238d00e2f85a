import { ConnectionState, type Room, RoomEvent } from "livekit-client";
import type { LegView } from "../roster/leg-view.ts";
import type { LegStats } from "./home-leg-policy.ts";
import { type ReceiveSample, createSenderMonitor } from "./sender-stall.ts";
import { type TransportMonitor, monitorTransport } from "./transport-monitor.ts";

/** While only signalling is gone media may still flow; for this long, in ms, no banner is shown. */
const SIGNAL_GRACE_MS = 1_500;
/** What a lost leg showed stays this long, in ms, while other legs live. By then participants have moved. */
const HOLD_MS = 5_000;

/** How one leg's connection does, by what the SDK reports and by what arrives. */
export type LegHealth = {
  /** The SDK considers it connected, so what it shows of participants is current. */
  isLive: () => boolean;
  /** Packets arrive and the server answers. */
  isWell: () => boolean;
  status: () => LegView["status"];
  stats: () => Omit<LegStats, "leg">;
  roundTripMs: () => number | undefined;
  /** This participant's network seems cut. */
  isCutOff: (identity: string) => boolean;
  /** Connecting has ended, with or without success. */
  connectEnded: () => void;
  /** Traffic may now stop for a good reason. */
  restartCount: () => void;
  sampleFast: () => void;
  stop: () => void;
};

export type LegHealthEvents = {
  changed: () => void;
  /** The transport was sampled. */
  sampled: () => void;
  /** The transport stopped for longer than it usually pauses. */
  suspected: () => void;
};

export function createLegHealth(room: Room, { changed, sampled, suspected }: LegHealthEvents): LegHealth {
  const senders = createSenderMonitor(room, changed);
  let hasTried = false;
  let stalledAtMs: number | undefined;
  let lostAtMs: number | undefined;
  let transport: TransportMonitor | undefined;

  const isLive = () => room.state === ConnectionState.Connected || room.state === ConnectionState.SignalReconnecting;
  const isReceiving = () => isLive() && stalledAtMs === undefined;
  const isHeld = () => performance.now() - Math.min(lostAtMs ?? Infinity, stalledAtMs ?? Infinity) < HOLD_MS;
  // `engine.client.rtt` is public but not documented.
  const roundTripMs = () => (isLive() && room.engine.client.rtt > 0 ? Math.round(room.engine.client.rtt) : undefined);
  const notifyAfterHold = () => setTimeout(changed, HOLD_MS + 10);
  const handleSample = (sample: ReceiveSample) => {
    senders.sampled(sample);
    const isStalled = transport?.isStalled() ?? false;
    if (isStalled !== (stalledAtMs !== undefined)) {
      stalledAtMs = isStalled ? performance.now() : undefined;
      changed();
      notifyAfterHold();
    }
    sampled();
  };

  room.on(RoomEvent.ConnectionStateChanged, (state) => {
    if (state === ConnectionState.Connected) lostAtMs = undefined;
    else if (state !== ConnectionState.Connecting) {
      lostAtMs ??= performance.now();
      notifyAfterHold();
    }
  });
  room.on(RoomEvent.SignalReconnecting, () => {
    transport?.sampleFast();
    setTimeout(changed, SIGNAL_GRACE_MS + 10);
  });
  room.on(RoomEvent.Disconnected, () => transport?.stop());

  return {
    isLive,
    isWell() {
      if (!isReceiving()) return false;
      return room.state === ConnectionState.Connected || performance.now() - (lostAtMs ?? 0) < SIGNAL_GRACE_MS;
    },
    status: () => (isReceiving() ? "live" : isHeld() ? "held" : "lost"),
    stats: () => ({
      link: linkOf(room.state, hasTried),
      lostAtMs,
      lastReceivedAtMs: transport?.lastReceivedAtMs() ?? 0,
      noPacketsForMs: transport?.noPacketsForMs() ?? 0,
      isSuspect: transport?.isSuspect() ?? false,
      noKeepaliveForMs: transport?.noKeepaliveForMs() ?? 0,
      roundTripMs: roundTripMs(),
    }),
    roundTripMs,
    isCutOff: senders.isCutOff,
    connectEnded() {
      hasTried = true;
      if (isLive()) transport = monitorTransport(room, { sampled: handleSample, suspected });
    },
    restartCount: () => transport?.restartCount(),
    sampleFast: () => transport?.sampleFast(),
    stop: () => transport?.stop(),
  };
}

/** @param hasTried - Connecting has ended, with or without success. */
function linkOf(state: ConnectionState, hasTried: boolean): LegStats["link"] {
  switch (state) {
    case ConnectionState.Connected:
      return "up";
    case ConnectionState.SignalReconnecting:
      return "signal-lost";
    case ConnectionState.Reconnecting:
      return "media-lost";
    case ConnectionState.Connecting:
      return "connecting";
    case ConnectionState.Disconnected:
      return hasTried ? "gone" : "connecting";
    default:
      return state satisfies never;
  }
}
