import { DisconnectReason } from "livekit-client";
import type { AppError, ErrorCode } from "#lib/errors.ts";
import type { Admission } from "#lib/lobby/entry.ts";
import type { MeetingView } from "#lib/seats/seat-schema.ts";
import { type ClosedReason, responseTo } from "./call-status.ts";
import type { HomeLegManager } from "./home-leg-manager.ts";
import type { LegSync } from "./leg-sync.ts";
import type { LineState } from "./connection-health.ts";
import type { Legs, LegsEvents } from "./leg-manager.ts";
import { type NetworkStatus, OFFLINE_DOUBT_MS } from "./network-status.ts";
import type { Reconnector } from "./reconnect.ts";

export type CallConnectionEvents = Pick<LegsEvents, "changed" | "nudged"> & {
  /** The home leg is connected, for the first time, again, or another one. */
  up: () => void;
  entered: (admission: Admission) => void;
  /** Ask the API why: only it knows. */
  askWhy: () => void;
  closed: () => void;
};

/** The parts of one line. Each knows its own business; what follows from what is said here. */
export type LineParts = {
  legs: Legs;
  keeper: HomeLegManager;
  upkeep: LegSync;
  recovery: Reconnector;
  network: NetworkStatus;
  state: LineState;
  stopWatching: () => void;
  hears: CallConnectionEvents;
};

/** Something in the legs, in a move between them or in the network may have changed. */
export function settle({ keeper, upkeep, state, hears }: LineParts): void {
  keeper.look();
  if (state.settle()) {
    upkeep.moved();
    hears.up();
  }
  upkeep.look();
  hears.changed();
}

/** A transport was looked at, which happens often: only what is new by that is told. */
export function hearLook(parts: LineParts): void {
  const { keeper, state } = parts;
  keeper.look();
  if (state.isUp() !== (state.connection().status === "live")) settle(parts);
}

export function hearLost(parts: LineParts, reason: DisconnectReason | undefined, isHome: boolean): void {
  const { recovery, state, hears } = parts;
  const isDouble = reason === DisconnectReason.DUPLICATE_IDENTITY;
  if (isHome || isDouble) state.sentAway(isDouble);
  settle(parts);
  if (needsReason(reason)) hears.askWhy();
  else if (isHome && state.isDead()) recovery.start();
}

/** LiveKit knows that I am out, but not why: expelled, banned, moved, or the meeting ended. */
function needsReason(reason: DisconnectReason | undefined): boolean {
  return (
    reason === DisconnectReason.PARTICIPANT_REMOVED ||
    reason === DisconnectReason.DUPLICATE_IDENTITY ||
    reason === DisconnectReason.ROOM_DELETED
  );
}

/** The server lets me publish on a leg from now on. */
export function hearPermitted({ legs, keeper, hears }: LineParts, leg: string): void {
  if (legs.home()?.leg === leg) hears.up();
  else keeper.granted(leg);
}

/** The browser says that there is no network, or that there is one again. */
export function hearNetwork(parts: LineParts, isOnline: boolean): void {
  parts.network.setOnline(isOnline);
  if (isOnline) parts.recovery.hurry();
  else setTimeout(() => settle(parts), OFFLINE_DOUBT_MS + 10);
  settle(parts);
}

/** The page came back from where the browser kept it. */
export function hearResumed({ recovery, state }: LineParts): void {
  recovery.hurry();
  if (state.isDead()) recovery.start();
}

/** The API answered that all is well. */
export function hearWell(parts: LineParts, view: Pick<MeetingView, "legs" | "homeLeg">): void {
  const { legs, keeper, upkeep, recovery, state } = parts;
  // Sent away as a double of oneself, and the seat is still there: the call goes on in another place.
  if (state.isDouble()) return close(parts, "moved", "moved");
  upkeep.told(view);
  // The leg I published on is closed for the server; where I am now it has not given me the right yet.
  const here = legs.home()?.leg;
  if (here !== undefined && view.legs.includes(here) && !view.legs.includes(view.homeLeg)) keeper.wish(here);
  if (state.isStuck()) recovery.start();
}

/** The API answered otherwise. */
export function hearError(parts: LineParts, { code }: AppError): void {
  const { recovery, state } = parts;
  // Redis may have been emptied while the media servers carry the call on. Of a room that was deleted LiveKit ends the connection, too.
  if (code === "room_unknown" && state.isUp()) return;
  const outcome = responseTo(code);
  if (outcome.do === "close") return close(parts, outcome.reason, code);
  // Entering again would throw out the other one, who would do the same: wait for the API to say more.
  if (state.isDouble()) return outcome.do === "re-enter" ? close(parts, "moved", "moved") : undefined;
  if (outcome.do === "re-enter" || state.isDead()) recovery.start();
}

export function close(parts: LineParts, reason: ClosedReason, code?: ErrorCode): void {
  if (!parts.state.close(reason, code)) return;
  dispose(parts);
  parts.hears.closed();
  parts.hears.changed();
}

export function dispose({ stopWatching, recovery, keeper, upkeep, legs }: LineParts): void {
  stopWatching();
  for (const part of [recovery, keeper, upkeep]) part.stop();
  void legs.close();
}
