import { DisconnectReason } from "livekit-client";
import type { AppError, ErrorCode } from "#lib/errors.ts";
import type { DeviceId } from "#lib/ids.ts";
import type { Admission } from "#lib/lobby/entry.ts";
import { EntryAnswer } from "#lib/lobby/lobby-schema.ts";
import type { LegAccess } from "#lib/regions/leg-schema.ts";
import { type ClosedReason, nextConnection, outcomeOf } from "./connection.ts";
import type { Deps } from "./deps.ts";
import { type Legs, type LegsEvents, createLegs } from "./legs.ts";
import type { Connection } from "./meeting.ts";
import { watchPage } from "./page-life.ts";
import { type Entered, createRecovery } from "./recovery.ts";

/** The API answers but the media does not come back: after this long, in ms, a new connection is quicker than waiting. */
const STUCK_MS = 4_000;
/** Some systems say "offline" while everything works: if packets still flow after this, in ms, they are believed. */
const OFFLINE_DOUBT_MS = 10_000;

export type LineEvents = Pick<LegsEvents, "changed" | "nudged"> & {
  /** The home leg is connected, for the first time or again. */
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
  /** The API answered that all is well. */
  heardWell: () => void;
  /** The API answered otherwise. */
  heardError: (error: AppError) => void;
  close: (reason: ClosedReason, code?: ErrorCode) => void;
  dispose: () => void;
};

type Place = { path: string; headers: Record<string, string>; device: DeviceId; name: () => string };

export function createLine(place: Place, deps: Deps, hears: LineEvents): Line {
  let connection: Connection = { status: "joining" };
  let offlineSinceMs: number | undefined;
  let stuckSinceMs: number | undefined;
  let isMoved = false;

  const isUp = () => (legs.home()?.isWell() ?? false) && !isOffline();
  const isOffline = () => offlineSinceMs !== undefined && deps.now() - offlineSinceMs < OFFLINE_DOUBT_MS;
  const settle = () => {
    const before = connection.status;
    connection = nextConnection(connection, isUp() ? { type: "up" } : { type: "trouble", atMs: deps.now() });
    if (connection.status === "live") stuckSinceMs = undefined;
    if (connection.status === "live" && before !== "live") hears.up();
    hears.changed();
  };
  const legs = createLegs(deps, {
    changed: settle,
    nudged: hears.nudged,
    homeLost(reason) {
      isMoved = reason === DisconnectReason.DUPLICATE_IDENTITY;
      settle();
      if (needsReason(reason)) hears.askWhy();
      else recovery.start();
    },
  });
  const recovery = createRecovery({
    now: deps.now,
    random: deps.random,
    enter: () => enterAgain(place, deps, legs, hears),
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
      if (!legs.home()?.isTrying()) recovery.start();
    },
  });
  const dispose = () => {
    stopWatching();
    recovery.stop();
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
    heardWell() {
      // Sent away as a double of oneself, and the seat is still there: the call goes on in another place.
      if (isMoved) return close("moved", "moved");
      if (isUp() || connection.status === "joining") return;
      stuckSinceMs ??= deps.now();
      if (deps.now() - stuckSinceMs >= STUCK_MS || !legs.home()?.isTrying()) recovery.start();
    },
    heardError({ code }) {
      const outcome = outcomeOf(code);
      if (outcome.do === "close") return close(outcome.reason, code);
      // Entering again would throw out the other one, who would do the same: wait for the API to say more.
      if (isMoved) return outcome.do === "re-enter" ? close("moved", "moved") : undefined;
      if (outcome.do === "re-enter" || !legs.home()?.isTrying()) recovery.start();
    },
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

async function enterAgain(
  { path, headers, device, name }: Place,
  { api }: Deps,
  legs: Legs,
  hears: LineEvents,
): Promise<Entered> {
  const body = { device, name: name(), intent: "enter" };
  const answer = await api(`${path}/entry`, { method: "POST", body, headers, answer: EntryAnswer });
  switch (answer.status) {
    case "admitted":
      hears.entered(answer);
      await legs.replace(answer.legs);
      return { status: "inside" };
    case "waiting":
      // The seat has lapsed and a host decides anew; the screen offers to ask.
      return { status: "out", reason: "lost", code: "not_inside" };
    case "elsewhere":
      return { status: "out", reason: "moved", code: "moved" };
    default:
      return answer satisfies never;
  }
}
