import type { ErrorCode } from "#lib/errors.ts";
import { type ClosedReason, nextStatus } from "./call-status.ts";
import type { HomeLegManager } from "./home-leg-manager.ts";
import type { Leg } from "./leg.ts";
import type { Legs } from "./leg-manager.ts";
import type { CallStatus } from "../meeting.ts";
import type { NetworkStatus } from "./network-status.ts";

/** The API answers but the media does not come back: after this long, in ms, a new connection is quicker than waiting. */
const STUCK_MS = 4_000;

/** Whether the call's connection works, and what is left to hope for where it does not. */
export type LineState = {
  connection: () => CallStatus;
  /** It works at this moment, whatever `connection` was told last. */
  isUp: () => boolean;
  /** The home leg will not come back by itself. */
  isDead: () => boolean;
  /** All is well with the API and nothing with the media: entering again is called for. It counts from the first asking. */
  isStuck: () => boolean;
  /** The server sent me away as a double of myself: the call may go on in another place. */
  isDouble: () => boolean;
  sentAway: (asDouble: boolean) => void;
  /** Tells `connection` how it is. @returns whether a home leg works since then that did not before. */
  settle: () => boolean;
  /** @returns false when it was closed before. */
  close: (reason: ClosedReason, code?: ErrorCode) => boolean;
};

export type LineStateSources = {
  legs: Pick<Legs, "home">;
  keeper: Pick<HomeLegManager, "isMoving">;
  network: Pick<NetworkStatus, "isOffline">;
};

export function createLineState({ legs, keeper, network }: LineStateSources, now: () => number): LineState {
  let connection: CallStatus = { status: "joining" };
  let stuckSinceMs: number | undefined;
  let wasDouble = false;
  /** The home leg while it works. */
  let goodHome: Leg | undefined;

  // While I move from a dead home leg I see and hear the others; only they miss me, for a moment.
  const isUp = () => ((legs.home()?.isWell() ?? false) || keeper.isMoving()) && !network.isOffline();
  const isDead = () => !legs.home()?.isTrying() && !keeper.isMoving();

  return {
    connection: () => connection,
    isUp,
    isDead,
    isStuck() {
      if (isUp() || connection.status === "joining") return false;
      stuckSinceMs ??= now();
      return now() - stuckSinceMs >= STUCK_MS || isDead();
    },
    isDouble: () => wasDouble,
    sentAway: (asDouble) => void (wasDouble = asDouble),
    settle() {
      connection = nextStatus(connection, isUp() ? { type: "up" } : { type: "trouble", atMs: now() });
      const isLive = connection.status === "live";
      if (isLive) stuckSinceMs = undefined;
      const [home, before] = [legs.home(), goodHome];
      goodHome = isLive && home?.isWell() ? home : undefined;
      return goodHome !== undefined && goodHome !== before;
    },
    close(reason, code) {
      if (connection.status === "closed") return false;
      connection = nextStatus(
        connection,
        code === undefined ? { type: "closed", reason } : { type: "closed", reason, code },
      );
      return true;
    },
  };
}
