import { DisconnectReason } from "livekit-client";
import type { AppError, ErrorCode } from "#lib/errors.ts";
import type { Admission } from "#lib/lobby/entry.ts";
import type { LegAccess } from "#lib/regions/leg-schema.ts";
import type { MeetingView } from "#lib/seats/seat-schema.ts";
import { type ClosedReason, nextConnection, outcomeOf } from "./connection.ts";
import type { Deps } from "./deps.ts";
import { type Place, enterAgain } from "./enter-again.ts";
import { createHomeKeeper } from "./home-keeper.ts";
import type { Leg } from "./leg.ts";
import { createLegUpkeep } from "./leg-upkeep.ts";
import { type Legs, type LegsEvents, createLegs } from "./legs.ts";
import type { Connection } from "./meeting.ts";
import { watchPage } from "./page-life.ts";
import { createRecovery } from "./recovery.ts";

/** The API answers but the media does not come back: after this long, in ms, a new connection is quicker than waiting. */
const STUCK_MS = 4_000;
/** Some systems say "offline" while everything works: if packets still flow after this, in ms, they are believed. */
const OFFLINE_DOUBT_MS = 10_000;

export type LineEvents = Pick<LegsEvents, "changed" | "nudged"> & {
  /** The home leg is connected, for the first time, again, or another one. */
  up: () => void;
  entered: (admission: Admission) => void;
  /** Ask the API why: only it knows. */
  askWhy: () => void;
  closed: () => void;
};

/** The call's connection: its legs, whether they work, and coming back when they do not. */
export type Line = {
  legs: Legs;
  connection: () => Connection;
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

export function createLine(place: Place, deps: Deps, hears: LineEvents): Line {
  let connection: Connection = { status: "joining" };
  let offlineSinceMs: number | undefined;
  let stuckSinceMs: number | undefined;
  let isMoved = false;
  /** The home leg while it works. */
  let goodHome: Leg | undefined;

  // While I move from a dead home leg I see and hear the others; only they miss me, for a moment.
  const isUp = () => ((legs.home()?.isWell() ?? false) || keeper.isMoving()) && !isOffline();
  const isOffline = () => offlineSinceMs !== undefined && deps.now() - offlineSinceMs < OFFLINE_DOUBT_MS;
  const settle = () => {
    keeper.look();
    const home = legs.home();
    connection = nextConnection(connection, isUp() ? { type: "up" } : { type: "trouble", atMs: deps.now() });
    if (connection.status === "live") stuckSinceMs = undefined;
    const before = goodHome;
    goodHome = connection.status === "live" && home?.isWell() ? home : undefined;
    if (goodHome && goodHome !== before) {
      upkeep.moved();
      hears.up();
    }
    upkeep.look();
    hears.changed();
  };
  const heardError = ({ code }: AppError) => {
    const outcome = outcomeOf(code);
    if (outcome.do === "close") return close(outcome.reason, code);
    // Entering again would throw out the other one, who would do the same: wait for the API to say more.
    if (isMoved) return outcome.do === "re-enter" ? close("moved", "moved") : undefined;
    if (outcome.do === "re-enter" || isDead()) recovery.start();
  };
  const legs = createLegs(deps, {
    changed: settle,
    looked() {
      keeper.look();
      if (isUp() !== (connection.status === "live")) settle();
    },
    nudged: hears.nudged,
    permitted: hears.up,
    homeNamed: (leg) => keeper.wish(leg),
    lost(reason, isHome) {
      const isDouble = reason === DisconnectReason.DUPLICATE_IDENTITY;
      if (isHome || isDouble) isMoved = isDouble;
      settle();
      if (needsReason(reason)) hears.askWhy();
      else if (isHome && isDead()) recovery.start();
    },
  });
  const isDead = () => !legs.home()?.isTrying() && !keeper.isMoving();
  const keeper = createHomeKeeper(
    place,
    deps,
    { legs, isOnline: () => offlineSinceMs === undefined },
    { unsure: () => upkeep.nudged(), refused: hears.askWhy },
  );
  const upkeep = createLegUpkeep(place, deps, { legs, isLive: () => connection.status === "live" }, hears.askWhy);
  const recovery = createRecovery({
    now: deps.now,
    random: deps.random,
    enter: () =>
      enterAgain(place, deps, async (admission) => {
        hears.entered(admission);
        await legs.replace(admission.legs);
        upkeep.told(admission.meeting);
      }),
    closed: (reason, code) => close(reason, code),
  });
  const stopWatching = watchPage({
    network(isOnline) {
      offlineSinceMs = isOnline ? undefined : deps.now();
      if (isOnline) recovery.hurry();
      else setTimeout(settle, OFFLINE_DOUBT_MS + 10);
      settle();
    },
    hidden: () => void legs.hangUp(),
    resumed() {
      recovery.hurry();
      if (isDead()) recovery.start();
    },
  });
  const dispose = () => {
    stopWatching();
    recovery.stop();
    keeper.stop();
    upkeep.stop();
    void legs.close();
  };
  const close = (reason: ClosedReason, code?: ErrorCode) => {
    if (connection.status === "closed") return;
    connection = nextConnection(
      connection,
      code === undefined ? { type: "closed", reason } : { type: "closed", reason, code },
    );
    dispose();
    hears.closed();
    hears.changed();
  };

  return {
    legs,
    connection: () => connection,
    join: (accesses) => void legs.replace(accesses).catch(() => recovery.start()),
    legsChanged: upkeep.nudged,
    homeWished: keeper.wish,
    heardWell(view) {
      // Sent away as a double of oneself, and the seat is still there: the call goes on in another place.
      if (isMoved) return close("moved", "moved");
      upkeep.told(view);
      // The leg I published on is closed for the server; where I am now it has not given me the right yet.
      const here = legs.home()?.leg;
      if (here !== undefined && view.legs.includes(here) && !view.legs.includes(view.homeLeg)) keeper.wish(here);
      if (isUp() || connection.status === "joining") return;
      stuckSinceMs ??= deps.now();
      if (deps.now() - stuckSinceMs >= STUCK_MS || isDead()) recovery.start();
    },
    heardError,
    close,
    dispose,
  };
}

/** LiveKit knows that I am out, but not why: expelled, banned, moved, or the meeting ended. */
function needsReason(reason: DisconnectReason | undefined): boolean {
  return (
    reason === DisconnectReason.PARTICIPANT_REMOVED ||
    reason === DisconnectReason.DUPLICATE_IDENTITY ||
    reason === DisconnectReason.ROOM_DELETED
  );
}
