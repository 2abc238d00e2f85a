import { TrackSource } from "livekit-server-sdk";
import { expect, test } from "vitest";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { VideoGrantSchema, isOrdinary } from "./grant-schema.ts";
import { WATCHING, lobbyGrant, meetingGrant, permissionOf } from "./grants.ts";

const NAMES = {
  [TrackSource.MICROPHONE]: "microphone",
  [TrackSource.CAMERA]: "camera",
  [TrackSource.SCREEN_SHARE]: "screen_share",
  [TrackSource.SCREEN_SHARE_AUDIO]: "screen_share_audio",
} as Record<TrackSource, string>;

/** As it is written in a token: sources by name. */
function written(grant: ReturnType<typeof meetingGrant>): Record<string, unknown> {
  const { canPublishSources, ...rest } = grant;
  return { ...rest, ...(canPublishSources && { canPublishSources: canPublishSources.map((source) => NAMES[source]) }) };
}

const publishing = written(meetingGrant("s.a", permissionOf("participant", NO_LOCKS)));
const watching = written(meetingGrant("s.a", WATCHING));
const waiting = written(lobbyGrant("lobby.s"));
/** What LiveKit 1.13 makes of `publishing` in a token that it refreshes after a change of permissions. */
const refreshed = {
  roomJoin: true,
  room: "s.a",
  canPublish: false,
  canSubscribe: true,
  canPublishData: false,
  canUpdateOwnMetadata: false,
  canSubscribeMetrics: false,
  canManageAgentSession: false,
};

test.each([
  ["a publisher's", "meeting", publishing],
  ["a viewer's", "meeting", watching],
  ["a refreshed one", "meeting", refreshed],
  ["a hidden service's", "meeting", { ...watching, hidden: true }],
  ["a waiting guest's", "lobby", waiting],
] as const)("[K16] %s grant is one of ours", (_, kind, grant) => {
  expect(VideoGrantSchema[kind].parse(grant)).toMatchObject({ room: kind === "lobby" ? "lobby.s" : "s.a" });
});

test.each([
  ["a waiting guest's in a meeting", "meeting", waiting],
  ["a viewer's in a lobby", "lobby", watching],
  ["one that hides a publisher in a meeting", "meeting", { ...publishing, hidden: true }],
  ["one that renames itself", "meeting", { ...publishing, canUpdateOwnMetadata: true }],
  ["one that sends data", "meeting", { ...publishing, canPublishData: true }],
  ["one that does not say whether it sends data", "meeting", { ...watching, canPublishData: undefined }],
  ["one with every source", "meeting", { ...publishing, canPublishSources: [] }],
  ["one with an unknown source", "meeting", { ...publishing, canPublishSources: ["microphone", "unknown"] }],
  ["an administrator's", "meeting", { ...publishing, roomAdmin: true }],
  ["an agent's", "meeting", { ...publishing, agent: true }],
  ["a recorder's", "meeting", { ...publishing, recorder: true }],
  ["one that forwards to another room", "meeting", { ...publishing, destinationRoom: "x" }],
  ["one with a field of a later LiveKit", "meeting", { ...publishing, canDoMore: true }],
  ["one that joins no room", "meeting", { ...publishing, roomJoin: false }],
  ["a publisher's in a lobby", "lobby", { ...waiting, canPublish: true }],
  ["a visible one in a lobby", "lobby", { ...waiting, hidden: false }],
] as const)("[K16] %s grant is not one of ours", (_, kind, grant) => {
  expect(VideoGrantSchema[kind].safeParse(grant).success).toBe(false);
});

const inside = {
  canSubscribe: true,
  canPublish: true,
  canPublishData: false,
  canPublishSources: [TrackSource.CAMERA],
  hidden: false,
  recorder: false,
  agent: false,
  canUpdateMetadata: false,
  canSubscribeMetrics: false,
  canManageAgentSession: false,
};
const hidden = { ...inside, canSubscribe: false, canPublish: false, canPublishSources: [], hidden: true };

test.each([
  ["a participant", "meeting", 0, inside, true],
  ["a waiting guest", "lobby", 0, hidden, true],
  ["a hidden one in a meeting", "meeting", 0, { ...inside, hidden: true }, false],
  ["a visible one in the lobby", "lobby", 0, { ...hidden, hidden: false }, false],
  ["a listener in the lobby", "lobby", 0, { ...hidden, canSubscribe: true }, false],
  ["an agent", "meeting", 4, inside, false],
  ["one marked as an agent", "meeting", 0, { ...inside, agent: true }, false],
  ["a recorder", "meeting", 0, { ...inside, recorder: true }, false],
  ["one that renames itself", "meeting", 0, { ...inside, canUpdateMetadata: true }, false],
  ["one that sends data", "meeting", 0, { ...inside, canPublishData: true }, false],
  ["one without permissions", "meeting", 0, undefined, true],
] as const)("[K16] %s is what our tokens produce: %s", (_, room, kind, permission, expected) => {
  const participant = { kind, permission } as unknown as Parameters<typeof isOrdinary>[0];
  expect(isOrdinary(participant, room)).toBe(expected);
});

const watcher = { ...inside, canPublish: false, canPublishSources: [] };
test.each([
  ["a hidden service that watches", 0, { ...watcher, hidden: true }, true],
  ["one that shows itself", 0, watcher, false],
  ["one that publishes", 0, { ...inside, hidden: true }, false],
  ["an agent", 4, { ...watcher, hidden: true }, false],
  ["a recorder of LiveKit's own", 0, { ...watcher, hidden: true, recorder: true }, false],
] as const)(
  "[R43] where the grant hides a service, %s is what our tokens produce: %s",
  (_, kind, permission, expected) => {
    const participant = { kind, permission } as unknown as Parameters<typeof isOrdinary>[0];
    expect(isOrdinary(participant, "meeting", true)).toBe(expected);
  },
);
