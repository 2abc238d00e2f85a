import { TrackSource } from "livekit-server-sdk";
import { describe, expect, test } from "vitest";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { WATCHING, lobbyGrant, meetingGrant, permissionOf, servicePermissionOf } from "./grants.ts";

const { MICROPHONE, CAMERA, SCREEN_SHARE, SCREEN_SHARE_AUDIO } = TrackSource;
const ALL = [MICROPHONE, CAMERA, SCREEN_SHARE, SCREEN_SHARE_AUDIO];
const LOCKED = { microphone: true, camera: true, screenShare: true };

describe("what a participant can publish", () => {
  test.each([
    ["participant", NO_LOCKS, ALL],
    ["participant", { ...NO_LOCKS, microphone: true }, [CAMERA, SCREEN_SHARE]],
    ["participant", { ...NO_LOCKS, camera: true }, [MICROPHONE, SCREEN_SHARE, SCREEN_SHARE_AUDIO]],
    ["participant", { ...NO_LOCKS, screenShare: true }, [MICROPHONE, CAMERA]],
    ["participant", { ...LOCKED, camera: false }, [CAMERA]],
    ["cohost", LOCKED, ALL],
    ["host", LOCKED, ALL],
  ] as const)("[T1] a %s under %j publishes %j and no more", (role, locks, sources) => {
    expect(permissionOf(role, locks)).toEqual({
      canPublish: true,
      canPublishSources: sources,
      canSubscribe: true,
      canPublishData: false,
    });
  });

  test("[T2] an empty list of sources never means all of them: with everything locked nothing can be published", () => {
    expect(permissionOf("participant", LOCKED).canPublish).toBe(false);
    expect(meetingGrant("s.a", permissionOf("participant", LOCKED))).not.toHaveProperty("canPublishSources");
  });
});

test.each([
  [["microphone"], NO_LOCKS, [MICROPHONE]],
  [["microphone", "camera"], { ...NO_LOCKS, microphone: true }, [CAMERA]],
  [["screenShare"], NO_LOCKS, [SCREEN_SHARE, SCREEN_SHARE_AUDIO]],
  [["screenShare"], { ...NO_LOCKS, microphone: true }, [SCREEN_SHARE]],
  [[], NO_LOCKS, []],
] as const)("[R43] a service that may publish %j under %j publishes %j and no more", (sources, locks, expected) => {
  expect(servicePermissionOf({ sources }, locks)).toEqual({
    canPublish: expected.length > 0,
    canPublishSources: expected,
    canSubscribe: true,
    canPublishData: false,
  });
});

test("[T3] the grant for a home leg is exactly this", () => {
  expect(meetingGrant("s.a", permissionOf("participant", NO_LOCKS))).toEqual({
    roomJoin: true,
    room: "s.a",
    canPublish: true,
    canPublishSources: ALL,
    canSubscribe: true,
    canPublishData: false,
    canUpdateOwnMetadata: false,
    hidden: false,
  });
});

test("[T4] on a leg that is not their home, participants only watch, hosts too", () => {
  expect(meetingGrant("s.b", WATCHING)).toEqual({
    roomJoin: true,
    room: "s.b",
    canPublish: false,
    canSubscribe: true,
    canPublishData: false,
    canUpdateOwnMetadata: false,
    hidden: false,
  });
});

test("[T5] a waiting guest is hidden, receives messages from the server only, and sends nothing", () => {
  expect(lobbyGrant("lobby.s")).toEqual({
    roomJoin: true,
    room: "lobby.s",
    canPublish: false,
    canSubscribe: false,
    canPublishData: false,
    canUpdateOwnMetadata: false,
    hidden: true,
  });
});
