import { type Store, createStore } from "#lib/live/store.ts";
import type { RoomSettings } from "#lib/rooms/room-schema.ts";
import type { MeetingView, SeatAttributes } from "#lib/seats/seat-schema.ts";
import { homeOf } from "./roster/leg-view.ts";
import type { CallConnection } from "./connection/call-connection.ts";
import type { MeetingSnapshot } from "./meeting.ts";
import type { LocalMember } from "./media/local-member.ts";
import { type OwnSeat, ownSeatFromAttributes, ownSeatFromView, localParticipantOf } from "./roster/own-seat.ts";
import { takeSnapshot } from "./snapshot.ts";

export type CallState = {
  state: Store<MeetingSnapshot>;
  me: () => OwnSeat;
  room: () => RoomSettings;
  /** The server's newer word on the room and on me. */
  told: (view: MeetingView) => void;
  /** Something else in the picture may have changed. */
  refresh: () => void;
  /** Shows my hand as it will be; what the server says of it counts again when the returned function was called. */
  expectHand: (raisedAtMs: number | undefined) => () => void;
  /** The server's clock, as well as the last answer tells. */
  serverNowMs: () => number;
};

export type CallSources = {
  line: Pick<CallConnection, "connection" | "legs">;
  media: Pick<LocalMember, "media" | "feeds">;
};

/** Holds what is known of the call, and the one picture of it that components read. */
export function createCallState(first: MeetingView, { line, media }: CallSources, now: () => number): CallState {
  let view = first;
  let me = ownSeatFromView(first);
  let mySeat: SeatAttributes | undefined;
  let region: string | undefined;
  let isHandExpected = false;
  let clockOffsetMs = first.nowMs - now();

  const heedLegs = (views: ReturnType<CallConnection["legs"]["views"]>) => {
    const seat = homeOf(me.identity, views)?.person.seat;
    if (!seat) return;
    const next = ownSeatFromAttributes(me, mySeat, seat);
    me = isHandExpected ? { ...next, handRaisedAtMs: me.handRaisedAtMs } : next;
    mySeat = seat;
  };
  const compose = (before: MeetingSnapshot | undefined): MeetingSnapshot => {
    const views = line.legs.views();
    heedLegs(views);
    return takeSnapshot(before, {
      connection: line.connection(),
      me: localParticipantOf(me, media.media.getSnapshot()),
      room: view.room,
      views,
      myFeeds: media.feeds(),
      isSoundBlocked: line.legs.isSoundBlocked(),
      region,
    });
  };
  const state = createStore(compose(undefined));
  const refresh = () => state.set(compose(state.getSnapshot()));

  return {
    state,
    me: () => me,
    room: () => view.room,
    told(next) {
      view = next;
      clockOffsetMs = next.nowMs - now();
      const { handRaisedAtMs } = me;
      me = isHandExpected ? { ...ownSeatFromView(next), handRaisedAtMs } : ownSeatFromView(next);
      region = describeRegion(line);
      refresh();
    },
    refresh,
    expectHand(raisedAtMs) {
      isHandExpected = true;
      me = { ...me, handRaisedAtMs: raisedAtMs };
      refresh();
      return () => (isHandExpected = false);
    },
    serverNowMs: () => now() + clockOffsetMs,
  };
}

function describeRegion({ legs }: CallSources["line"]): string | undefined {
  const home = legs.home();
  const roundTripMs = home?.roundTripMs();
  return home && (roundTripMs === undefined ? home.region : `${home.region} · ${roundTripMs} ms`);
}
