import { type Store, createStore } from "#lib/live/store.ts";
import type { RoomSettings } from "#lib/rooms/room-schema.ts";
import type { SeatAttributes } from "#lib/seats/seat-attributes.ts";
import type { MeetingView } from "#lib/seats/seat-schema.ts";
import type { CallConnection } from "./connection/call-connection.ts";
import type { LocalMember } from "./media/local-member.ts";
import type { MeetingSnapshot } from "./meeting.ts";
import { type LegView, homeOf } from "./roster/leg-view.ts";
import { type OwnSeat, localParticipantOf, ownSeatFromAttributes, ownSeatFromView } from "./roster/roster.ts";
import { takeSnapshot } from "./snapshot.ts";

export type CallState = {
  state: Store<MeetingSnapshot>;
  ownSeat: () => OwnSeat;
  room: () => RoomSettings;
  /** The API answered with the room and the own seat. */
  handleView: (view: MeetingView) => void;
  /** Another source of the snapshot may have changed. */
  refresh: () => void;
  /** Shows the own hand as it will be. The server's state counts again once the returned function was called. */
  expectHand: (raisedAtMs: number | undefined) => () => void;
  /** The server's clock, estimated from its last answer. */
  serverNowMs: () => number;
};

export type CallSources = {
  connection: Pick<CallConnection, "status" | "legs">;
  member: Pick<LocalMember, "media" | "feeds">;
};

/** Holds what is known of the call, and the one snapshot of it that components read. */
export function createCallState(first: MeetingView, { connection, member }: CallSources, now: () => number): CallState {
  let view = first;
  let own = ownSeatFromView(first);
  let attributes: SeatAttributes | undefined;
  let region: string | undefined;
  let isHandExpected = false;
  let clockOffsetMs = first.nowMs - now();

  const update = (next: OwnSeat) => {
    own = isHandExpected ? { ...next, handRaisedAtMs: own.handRaisedAtMs } : next;
  };
  const updateFromLegs = (views: readonly LegView[]) => {
    const seat = homeOf(own.identity, views)?.person.seat;
    if (!seat) return;
    update(ownSeatFromAttributes(own, attributes, seat));
    attributes = seat;
  };
  const compose = (before: MeetingSnapshot | undefined): MeetingSnapshot => {
    const views = connection.legs.views();
    updateFromLegs(views);
    return takeSnapshot(before, {
      connection: connection.status(),
      me: localParticipantOf(own, member.media.getSnapshot()),
      room: view.room,
      views,
      myFeeds: member.feeds(),
      isSoundBlocked: connection.legs.isSoundBlocked(),
      region,
    });
  };
  const state = createStore(compose(undefined));
  const refresh = () => state.set(compose(state.getSnapshot()));

  return {
    state,
    ownSeat: () => own,
    room: () => view.room,
    handleView(next) {
      view = next;
      clockOffsetMs = next.nowMs - now();
      update(ownSeatFromView(next));
      region = describeRegion(connection);
      refresh();
    },
    refresh,
    expectHand(raisedAtMs) {
      isHandExpected = true;
      own = { ...own, handRaisedAtMs: raisedAtMs };
      refresh();
      return () => (isHandExpected = false);
    },
    serverNowMs: () => now() + clockOffsetMs,
  };
}

function describeRegion({ legs }: CallSources["connection"]): string | undefined {
  const home = legs.home();
  const roundTripMs = home?.roundTripMs();
  return home && (roundTripMs === undefined ? home.region : `${home.region} · ${roundTripMs} ms`);
}
