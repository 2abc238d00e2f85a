import type { ErrorCode } from "#lib/errors.ts";
import type { CallStatus } from "../meeting.ts";
import { type ClosedReason, nextStatus } from "./call-status.ts";
import type { HomeLegManager } from "./home-leg-manager.ts";
import type { LegManager } from "./leg-manager.ts";
import type { Leg } from "./leg.ts";
import type { NetworkStatus } from "./network-status.ts";

/**
 * `working`: media flows, or a move to another leg is under way and likely to succeed. `recovering`: the SDK is
 * reconnecting. `dead`: the home leg will not come back on its own.
 */
export type ConnectionHealth = "working" | "recovering" | "dead";

/** The API answers but media does not come back: after this long, in ms, entering again is quicker than waiting. */
const STUCK_MS = 4_000;

/** Tracks whether the call's connection works, and what the screen says of it. */
export type ConnectionMonitor = {
  /** What the screen was shown last; `health` may be newer. */
  status: () => CallStatus;
  health: () => ConnectionHealth;
  /** The API answers while media is gone: entering again is needed. The time counts from the first call. */
  isStuck: () => boolean;
  /** The media server disconnected this browser because the same identity connected elsewhere. */
  isDuplicate: () => boolean;
  setDuplicate: (isDuplicate: boolean) => void;
  /** Brings `status` up to date. @returns whether a home leg works now that did not before. */
  update: () => boolean;
  /** @returns false when it was closed before. */
  close: (reason: ClosedReason, code?: ErrorCode) => boolean;
};

export type ConnectionSources = {
  legs: Pick<LegManager, "home">;
  homeLeg: Pick<HomeLegManager, "isMoving">;
  network: Pick<NetworkStatus, "isOffline">;
};

export function createConnectionMonitor(sources: ConnectionSources, now: () => number): ConnectionMonitor {
  let status: CallStatus = { status: "joining" };
  let stuckSinceMs: number | undefined;
  let isDuplicate = false;
  /** The home leg while it works. */
  let workingHome: Leg | undefined;
  const health = () => healthOf(sources);

  return {
    status: () => status,
    health,
    isStuck() {
      if (health() === "working" || status.status === "joining") return false;
      stuckSinceMs ??= now();
      return now() - stuckSinceMs >= STUCK_MS || health() === "dead";
    },
    isDuplicate: () => isDuplicate,
    setDuplicate: (next) => void (isDuplicate = next),
    update() {
      status = nextStatus(status, health() === "working" ? { type: "up" } : { type: "trouble", atMs: now() });
      const isLive = status.status === "live";
      if (isLive) stuckSinceMs = undefined;
      const before = workingHome;
      const home = sources.legs.home();
      workingHome = isLive && home?.isWell() ? home : undefined;
      return workingHome !== undefined && workingHome !== before;
    },
    close(reason, code) {
      if (status.status === "closed") return false;
      status = nextStatus(status, code === undefined ? { type: "closed", reason } : { type: "closed", reason, code });
      return true;
    },
  };
}

function healthOf({ legs, homeLeg, network }: ConnectionSources): ConnectionHealth {
  const home = legs.home();
  // During a move the others are still seen and heard on the other leg; they miss this participant for a moment only.
  const isMoving = homeLeg.isMoving();
  if (!home?.isTrying() && !isMoving) return "dead";
  if (network.isOffline()) return "recovering";
  return home?.isWell() || isMoving ? "working" : "recovering";
}
