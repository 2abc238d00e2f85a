import { DisconnectReason } from "livekit-client";
import type { AppError, ErrorCode } from "#lib/errors.ts";
import type { Admission } from "#lib/lobby/entry.ts";
import type { LegAccess } from "#lib/regions/leg-schema.ts";
import type { MeetingView } from "#lib/seats/seat-schema.ts";
import type { Deps } from "../deps.ts";
import type { CallStatus } from "../meeting.ts";
import { type ClosedReason, responseTo } from "./call-status.ts";
import { type ConnectionMonitor, createConnectionMonitor } from "./connection-health.ts";
import { type HomeLegManager, createHomeLegManager } from "./home-leg-manager.ts";
import { type LegManager, type LegManagerEvents, createLegManager } from "./leg-manager.ts";
import { type LegSync, createLegSync } from "./leg-sync.ts";
import { type NetworkStatus, OFFLINE_TRUST_MS, createNetworkStatus } from "./network-status.ts";
import { watchPage } from "./page-events.ts";
import { type EntryRequest, type Reconnector, createReconnector, enterAgain } from "./reconnect.ts";

/** The call's connection: its legs, whether they work, and reconnecting when they do not. */
export type CallConnection = {
  legs: LegManager;
  status: () => CallStatus;
  join: (accesses: readonly LegAccess[]) => void;
  /** The server opened or closed legs. */
  legsChanged: () => void;
  /** The server asks this browser to publish on this leg. */
  homeRequested: (leg: string) => void;
  /** The API answered that this participant is inside, and which legs are live. */
  handleView: (view: Pick<MeetingView, "legs" | "homeLeg">) => void;
  handleError: (error: AppError) => void;
  close: (reason: ClosedReason, code?: ErrorCode) => void;
  dispose: () => void;
};

export type CallConnectionEvents = Pick<LegManagerEvents, "changed" | "nudged"> & {
  /** A home leg works: the first one, the same again, or another one. */
  up: () => void;
  entered: (admission: Admission) => void;
  /** Only the API knows why this browser was disconnected: ask it. */
  needsReason: () => void;
  closed: () => void;
};

type Parts = {
  legs: LegManager;
  homeLeg: HomeLegManager;
  legSync: LegSync;
  reconnector: Reconnector;
  network: NetworkStatus;
  monitor: ConnectionMonitor;
  stopWatching: () => void;
  events: CallConnectionEvents;
};

export function createCallConnection(
  request: EntryRequest & Pick<MeetingView, "nearerAfterMs">,
  deps: Deps,
  events: CallConnectionEvents,
): CallConnection {
  const network = createNetworkStatus(deps.now);
  const legs = createLegManager(deps, {
    changed: () => update(parts),
    sampled: () => handleSample(parts),
    nudged: events.nudged,
    permitted: (leg) => handlePermitted(parts, leg),
    homeNamed: (leg) => homeLeg.request(leg),
    lost: (reason, isHome) => handleLost(parts, reason, isHome),
  });
  const homeLeg = createHomeLegManager(
    request,
    deps,
    { legs, isOnline: network.isOnline, nearerAfterMs: request.nearerAfterMs },
    { unsure: () => legSync.nudged(), refused: events.needsReason },
  );
  const monitor = createConnectionMonitor({ legs, homeLeg, network }, deps.now);
  const isLive = () => monitor.status().status === "live";
  const legSync = createLegSync(request, deps, { legs, isLive }, events.needsReason);
  const enter = async (admission: Admission) => {
    events.entered(admission);
    await legs.replace(admission.legs);
    legSync.handleView(admission.meeting);
  };
  const reconnector = createReconnector({
    now: deps.now,
    random: deps.random,
    enter: () => enterAgain(request, deps, enter),
    closed: (reason, code) => close(parts, reason, code),
  });
  const stopWatching = watchPage({
    network: (isOnline) => handleNetwork(parts, isOnline),
    hidden: () => void legs.disconnect(),
    resumed: () => handleResumed(parts),
  });
  const parts: Parts = { legs, homeLeg, legSync, reconnector, network, monitor, stopWatching, events };
  return {
    legs,
    status: monitor.status,
    join: (accesses) => void legs.replace(accesses).catch(() => reconnector.start()),
    legsChanged: legSync.nudged,
    homeRequested: homeLeg.request,
    handleView: (view) => handleView(parts, view),
    handleError: (error) => handleError(parts, error),
    close: (reason, code) => close(parts, reason, code),
    dispose: () => dispose(parts),
  };
}

/** Runs after anything in the legs, in a move between them, or in the network may have changed. */
function update({ homeLeg, legSync, monitor, events }: Parts): void {
  homeLeg.check();
  if (monitor.update()) {
    legSync.homeMoved();
    events.up();
  }
  legSync.check();
  events.changed();
}

/** Transports are sampled several times a second: updates only when the sample changes the status. */
function handleSample(parts: Parts): void {
  const { homeLeg, monitor } = parts;
  homeLeg.check();
  if ((monitor.health() === "working") !== (monitor.status().status === "live")) update(parts);
}

function handleLost(parts: Parts, reason: DisconnectReason | undefined, isHome: boolean): void {
  const { reconnector, monitor, events } = parts;
  const isDuplicate = reason === DisconnectReason.DUPLICATE_IDENTITY;
  if (isHome || isDuplicate) monitor.setDuplicate(isDuplicate);
  update(parts);
  if (needsReason(reason)) events.needsReason();
  else if (isHome && monitor.health() === "dead") reconnector.start();
}

/** LiveKit reports that this participant was put out, but not whether by a host, a ban, a move or the meeting's end. */
function needsReason(reason: DisconnectReason | undefined): boolean {
  return (
    reason === DisconnectReason.PARTICIPANT_REMOVED ||
    reason === DisconnectReason.DUPLICATE_IDENTITY ||
    reason === DisconnectReason.ROOM_DELETED
  );
}

/** The media server now permits publishing on a leg. */
function handlePermitted({ legs, homeLeg, events }: Parts, leg: string): void {
  if (legs.home()?.leg === leg) events.up();
  else homeLeg.permitted(leg);
}

function handleNetwork(parts: Parts, isOnline: boolean): void {
  parts.network.setOnline(isOnline);
  if (isOnline) parts.reconnector.retryNow();
  else setTimeout(() => update(parts), OFFLINE_TRUST_MS + 10);
  update(parts);
}

/** The page came back from the back-forward cache or a frozen tab. */
function handleResumed({ reconnector, monitor }: Parts): void {
  reconnector.retryNow();
  if (monitor.health() === "dead") reconnector.start();
}

function handleView(parts: Parts, view: Pick<MeetingView, "legs" | "homeLeg">): void {
  const { legs, homeLeg, legSync, reconnector, monitor } = parts;
  // Disconnected as a duplicate while the seat is still held: the call continues in another tab or on another device.
  if (monitor.isDuplicate()) return close(parts, "moved", "moved");
  legSync.handleView(view);
  // The server closed the former home leg and has not yet given this browser the right to publish on the current one.
  const current = legs.home()?.leg;
  if (current !== undefined && view.legs.includes(current) && !view.legs.includes(view.homeLeg))
    homeLeg.request(current);
  if (monitor.isStuck()) reconnector.start();
}

function handleError(parts: Parts, { code }: AppError): void {
  const { reconnector, monitor } = parts;
  // Redis may have been emptied while the media servers still carry the call. LiveKit disconnects from a room that was really deleted.
  if (code === "room_unknown" && monitor.health() === "working") return;
  const response = responseTo(code);
  if (response.do === "close") return close(parts, response.reason, code);
  // Entering again would disconnect the duplicate, which would do the same to this one.
  if (monitor.isDuplicate()) return response.do === "re-enter" ? close(parts, "moved", "moved") : undefined;
  if (response.do === "re-enter" || monitor.health() === "dead") reconnector.start();
}

function close(parts: Parts, reason: ClosedReason, code?: ErrorCode): void {
  if (!parts.monitor.close(reason, code)) return;
  dispose(parts);
  parts.events.closed();
  parts.events.changed();
}

function dispose({ stopWatching, reconnector, homeLeg, legSync, legs }: Parts): void {
  stopWatching();
  for (const part of [reconnector, homeLeg, legSync]) part.stop();
  void legs.close();
}
