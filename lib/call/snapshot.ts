import { reuse, reuseList } from "#lib/live/reuse.ts";
import type { RoomSettings } from "#lib/rooms/room-schema.ts";
import type { LegView } from "./roster/leg-view.ts";
import type { CallStatus, MeetingSnapshot, VideoFeed } from "./meeting.ts";
import { type LocalParticipant, mergeRoster } from "./roster/roster.ts";

export type SnapshotParts = {
  connection: CallStatus;
  me: LocalParticipant;
  room: RoomSettings;
  views: readonly LegView[];
  myFeeds: readonly VideoFeed[];
  isSoundBlocked: boolean;
  region: string | undefined;
};

/** Composes the snapshot of the call. What did not change since `before` keeps its identity, the whole snapshot included. */
export function takeSnapshot(before: MeetingSnapshot | undefined, parts: SnapshotParts): MeetingSnapshot {
  const { connection, me, room, isSoundBlocked, region } = parts;
  const { people, feeds, speakers } = mergeRoster(parts.views, me, parts.myFeeds, room.locks);
  return reuse(before, {
    connection,
    myIdentity: me.identity,
    myRole: me.role,
    room: reuse(before?.room, { ...room, locks: reuse(before?.room.locks, room.locks) }),
    people: reuseList(before?.people ?? [], people, ({ identity }) => identity),
    feeds: reuseList(before?.feeds ?? [], feeds, ({ id }) => id),
    speakers: reuseList(before?.speakers ?? [], speakers, (identity) => identity),
    isSoundBlocked,
    region,
  });
}
