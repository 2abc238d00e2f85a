import type { AppError, ErrorCode } from "#lib/errors.ts";
import type { Admission } from "#lib/lobby/entry.ts";
import type { LegAccess } from "#lib/regions/leg-schema.ts";
import type { MeetingView } from "#lib/seats/seat-schema.ts";
import type { ClosedReason } from "./call-status.ts";
import type { Deps } from "../deps.ts";
import { type Place, enterAgain } from "./enter-again.ts";
import { createHomeLegManager } from "./home-leg-manager.ts";
import { createLegSync } from "./leg-sync.ts";
import { type Legs, createLegs } from "./leg-manager.ts";
import {
  type CallConnectionEvents,
  type LineParts,
  close,
  dispose,
  hearError,
  hearLook,
  hearLost,
  hearNetwork,
  hearPermitted,
  hearResumed,
  hearWell,
  settle,
} from "./connection-effects.ts";
import { createLineState } from "./connection-health.ts";
import type { CallStatus } from "../meeting.ts";
import { createNetworkStatus } from "./network-status.ts";
import { watchPage } from "./page-events.ts";
import { createReconnector } from "./reconnect.ts";

/** The call's connection: its legs, whether they work, and coming back when they do not. */
export type CallConnection = {
  legs: Legs;
  connection: () => CallStatus;
  join: (accesses: readonly LegAccess[]) => void;
  /** Legs were opened or closed. */
  legsChanged: () => void;
  /** The server would have me publish on this leg. */
  homeWished: (leg: string) => void;
  /** The API answered that all is well, and which legs live. */
  heardWell: (view: Pick<MeetingView, "legs" | "homeLeg">) => void;
  /** The API answered otherwise. */
  heardError: (error: AppError) => void;
  close: (reason: ClosedReason, code?: ErrorCode) => void;
  dispose: () => void;
};

type LinePlace = Place & Pick<MeetingView, "nearerAfterMs">;

/** Makes the parts of a line and connects them: who tells whom. */
export function createCallConnection(place: LinePlace, deps: Deps, hears: CallConnectionEvents): CallConnection {
  const parts = createParts(place, deps, hears);
  const { legs, keeper, upkeep, recovery, state } = parts;
  return {
    legs,
    connection: state.connection,
    join: (accesses) => void legs.replace(accesses).catch(() => recovery.start()),
    legsChanged: upkeep.nudged,
    homeWished: keeper.wish,
    heardWell: (view) => hearWell(parts, view),
    heardError: (error) => hearError(parts, error),
    close: (reason, code) => close(parts, reason, code),
    dispose: () => dispose(parts),
  };
}

function createParts(place: LinePlace, deps: Deps, hears: CallConnectionEvents): LineParts {
  const network = createNetworkStatus(deps.now);
  const legs = createLegs(deps, {
    changed: () => settle(parts),
    looked: () => hearLook(parts),
    nudged: hears.nudged,
    permitted: (leg) => hearPermitted(parts, leg),
    homeNamed: (leg) => keeper.wish(leg),
    lost: (reason, isHome) => hearLost(parts, reason, isHome),
  });
  const keeper = createHomeLegManager(
    place,
    deps,
    { legs, isOnline: network.isOnline, nearerAfterMs: place.nearerAfterMs },
    { unsure: () => upkeep.nudged(), refused: hears.askWhy },
  );
  const state = createLineState({ legs, keeper, network }, deps.now);
  const isLive = () => state.connection().status === "live";
  const upkeep = createLegSync(place, deps, { legs, isLive }, hears.askWhy);
  const goIn = async (admission: Admission) => {
    hears.entered(admission);
    await legs.replace(admission.legs);
    upkeep.told(admission.meeting);
  };
  const recovery = createReconnector({
    now: deps.now,
    random: deps.random,
    enter: () => enterAgain(place, deps, goIn),
    closed: (reason, code) => close(parts, reason, code),
  });
  const stopWatching = watchPage({
    network: (isOnline) => hearNetwork(parts, isOnline),
    hidden: () => void legs.hangUp(),
    resumed: () => hearResumed(parts),
  });
  const parts: LineParts = { legs, keeper, upkeep, recovery, network, state, stopWatching, hears };
  return parts;
}
