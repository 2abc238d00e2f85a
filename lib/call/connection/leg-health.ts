import { ConnectionState, type Room, RoomEvent } from "livekit-client";
import type { LegStats } from "./home-leg-policy.ts";
import { linkOf } from "./leg-link.ts";
import type { LegView } from "../roster/leg-view.ts";
import type { Sample } from "./sender-stall.ts";
import { createSenderWatch } from "./sender-monitor.ts";
import { type TransportWatch, watchTransport } from "./transport-monitor.ts";

/** While only the signalling is away the media may well flow on; this long in ms it is not worth a banner. */
const SIGNAL_GRACE_MS = 1_500;
/** What a lost leg showed stays this long, in ms, where other legs live: by then people have moved. */
const HOLD_MS = 5_000;

/** How one room's connection does, by what the SDK says and by what comes in. */
export type LegHealth = {
  /** The SDK believes in it, and what it knows of people is true. */
  isLive: () => boolean;
  /** Packets flow and the server answers. */
  isWell: () => boolean;
  status: () => LegView["status"];
  pulse: () => Omit<LegStats, "leg">;
  roundTripMs: () => number | undefined;
  /** The network of this participant seems cut. */
  isCutOff: (identity: string) => boolean;
  /** Connecting has ended, one way or the other. */
  tried: () => void;
  /** Traffic may stop for a good reason now. */
  recount: () => void;
  /** Looks more often for a while. */
  hurry: () => void;
  stop: () => void;
};

/** @param tell - Something changed. */
export function createLegHealth(
  room: Room,
  tell: () => void,
  { looked, uneasy }: { looked: () => void; uneasy: () => void },
): LegHealth {
  const senders = createSenderWatch(room, tell);
  let wasTried = false;
  let silentAtMs: number | undefined;
  let lostAtMs: number | undefined;
  let watch: TransportWatch | undefined;

  const isLive = () => room.state === ConnectionState.Connected || room.state === ConnectionState.SignalReconnecting;
  const isUp = () => isLive() && silentAtMs === undefined;
  const isHeld = () => performance.now() - Math.min(lostAtMs ?? Infinity, silentAtMs ?? Infinity) < HOLD_MS;
  const roundTripMs = () => (isLive() && room.engine.client.rtt > 0 ? Math.round(room.engine.client.rtt) : undefined);
  const tellOnceHeld = () => setTimeout(tell, HOLD_MS + 10);
  const look = (sample: Sample) => {
    senders.sampled(sample);
    const isSilent = watch?.isSilent() ?? false;
    if (isSilent !== (silentAtMs !== undefined)) {
      silentAtMs = isSilent ? performance.now() : undefined;
      tell();
      tellOnceHeld();
    }
    looked();
  };

  room.on(RoomEvent.ConnectionStateChanged, (state) => {
    if (state === ConnectionState.Connected) lostAtMs = undefined;
    else if (state !== ConnectionState.Connecting) {
      lostAtMs ??= performance.now();
      tellOnceHeld();
    }
  });
  room.on(RoomEvent.SignalReconnecting, () => {
    watch?.hurry();
    setTimeout(tell, SIGNAL_GRACE_MS + 10);
  });
  room.on(RoomEvent.Disconnected, () => watch?.stop());

  return {
    isLive,
    isWell() {
      if (!isUp()) return false;
      return room.state === ConnectionState.Connected || performance.now() - (lostAtMs ?? 0) < SIGNAL_GRACE_MS;
    },
    status: () => (isUp() ? "live" : isHeld() ? "held" : "lost"),
    pulse: () => ({
      link: linkOf(room.state, wasTried),
      lostAtMs,
      lastReceivedAtMs: watch?.lastReceivedAtMs() ?? 0,
      noPacketsForMs: watch?.noPacketsForMs() ?? 0,
      isSuspect: watch?.isSuspect() ?? false,
      noKeepaliveForMs: watch?.noKeepaliveForMs() ?? 0,
      roundTripMs: roundTripMs(),
    }),
    roundTripMs,
    isCutOff: senders.isCutOff,
    tried() {
      wasTried = true;
      if (isLive()) watch = watchTransport(room, { looked: look, uneasy });
    },
    recount: () => watch?.recount(),
    hurry: () => watch?.hurry(),
    stop: () => watch?.stop(),
  };
}
