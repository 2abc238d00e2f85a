import { TrackSource, TrackType } from "livekit-server-sdk";
import { expect, test } from "vitest";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { WATCHING, permissionOf } from "#lib/tokens/grants.ts";
import { MUTE_ALL_HOLDS_MS, hasRights, hasShareSoundAlone, judgeTrack } from "./track-rule.ts";

const NOW = 1_800_000_000_000;
const LONG_AGO = { isBound: true, atMs: 0, joinedAtMs: 0 };
const all = permissionOf("participant", NO_LOCKS);
const noMicrophone = permissionOf("participant", { ...NO_LOCKS, microphone: true });
const noShare = permissionOf("participant", { ...NO_LOCKS, screenShare: true });
const nothing = permissionOf("participant", { microphone: true, camera: true, screenShare: true });

const { AUDIO, VIDEO, DATA } = TrackType;
const { MICROPHONE, CAMERA, SCREEN_SHARE, SCREEN_SHARE_AUDIO, UNKNOWN } = TrackSource;

test.each([
  { type: AUDIO, source: MICROPHONE, rights: all, verdict: "fine" },
  { type: VIDEO, source: CAMERA, rights: all, verdict: "fine" },
  { type: VIDEO, source: SCREEN_SHARE, rights: all, verdict: "fine" },
  { type: AUDIO, source: SCREEN_SHARE_AUDIO, rights: all, verdict: "check-share" },
  { type: AUDIO, source: SCREEN_SHARE_AUDIO, rights: noMicrophone, verdict: "withdraw" },
  { type: AUDIO, source: CAMERA, rights: all, verdict: "disconnect" },
  { type: AUDIO, source: CAMERA, rights: noMicrophone, verdict: "disconnect" },
  { type: AUDIO, source: SCREEN_SHARE, rights: all, verdict: "disconnect" },
  { type: AUDIO, source: UNKNOWN, rights: all, verdict: "disconnect" },
  { type: VIDEO, source: MICROPHONE, rights: all, verdict: "disconnect" },
  { type: VIDEO, source: UNKNOWN, rights: all, verdict: "disconnect" },
  { type: DATA, source: UNKNOWN, rights: all, verdict: "disconnect" },
  { type: AUDIO, source: MICROPHONE, rights: noMicrophone, verdict: "withdraw" },
  { type: VIDEO, source: CAMERA, rights: noMicrophone, verdict: "fine" },
  { type: VIDEO, source: SCREEN_SHARE, rights: noShare, verdict: "withdraw" },
  { type: AUDIO, source: SCREEN_SHARE_AUDIO, rights: noShare, verdict: "withdraw" },
  { type: AUDIO, source: MICROPHONE, rights: nothing, verdict: "withdraw" },
  { type: AUDIO, source: MICROPHONE, rights: WATCHING, verdict: "withdraw" },
])("[W8] track type $type labelled $source is judged $verdict", ({ type, source, rights, verdict }) => {
  expect(judgeTrack({ type, source }, rights, LONG_AGO, NOW)).toBe(verdict);
});

test.each([
  {
    what: "within the grace time",
    atMs: NOW - MUTE_ALL_HOLDS_MS,
    isBound: true,
    source: MICROPHONE,
    verdict: "mute",
  },
  { what: "later on", atMs: NOW - MUTE_ALL_HOLDS_MS - 1, isBound: true, source: MICROPHONE, verdict: "fine" },
  { what: "by a host", atMs: NOW, isBound: false, source: MICROPHONE, verdict: "fine" },
  { what: "as sound of a share", atMs: NOW, isBound: true, source: SCREEN_SHARE_AUDIO, verdict: "mute" },
])("[M6] a track published $what after mute-all is judged $verdict", ({ atMs, isBound, source, verdict }) => {
  expect(judgeTrack({ type: AUDIO, source }, all, { isBound, atMs, joinedAtMs: 0 }, NOW)).toBe(verdict);
});

test.each([
  { what: "in the same second, on a slow device", joinedMs: 12_000, mutedMs: 12_500, verdict: "mute" },
  { what: "just after", joinedMs: 12_000, mutedMs: 16_900, verdict: "mute" },
  { what: "long before", joinedMs: 60_000, mutedMs: 12_500, verdict: "fine" },
  { what: "later", joinedMs: 6_000, mutedMs: 12_500, verdict: "fine" },
  { what: "then, and publishes half a minute later", joinedMs: 30_001, mutedMs: 30_000, verdict: "fine" },
])("[M6] a microphone of a participant who joins $what is judged $verdict", ({ joinedMs, mutedMs, verdict }) => {
  const muteAll = { isBound: true, atMs: NOW - mutedMs, joinedAtMs: NOW - joinedMs };
  expect(judgeTrack({ type: AUDIO, source: MICROPHONE }, all, muteAll, NOW)).toBe(verdict);
});

const picture = { type: VIDEO, source: SCREEN_SHARE, muted: false };
const sound = { type: AUDIO, source: SCREEN_SHARE_AUDIO, muted: false };
const microphone = { type: AUDIO, source: MICROPHONE, muted: false };
const face = { type: VIDEO, source: CAMERA, muted: false };
test.each([
  ["sound alone", [sound, microphone, face], true],
  ["sound beside a picture", [picture, sound], false],
  ["sound beside a picture that is muted", [{ ...picture, muted: true }, sound], true],
  ["muted sound", [{ ...sound, muted: true }], false],
  ["a picture alone", [picture], false],
  ["nothing", [], false],
])("[W20] share audio is allowed only beside a running share picture: %s", (_, tracks, isAlone) => {
  expect(hasShareSoundAlone(tracks)).toBe(isAlone);
});

test("[W9] rights are compared as a whole, in any order of their sources", () => {
  const shuffled = { ...all, canPublishSources: all.canPublishSources.toReversed() };
  expect(hasRights(shuffled, all)).toBe(true);
  expect(hasRights(noMicrophone, all)).toBe(false);
  expect(hasRights(all, noMicrophone)).toBe(false);
  expect(hasRights({ ...all, canPublishData: true }, all)).toBe(false);
  // To LiveKit an empty list means every source.
  expect(hasRights({ ...all, canPublishSources: [] }, noMicrophone)).toBe(false);
  expect(hasRights({ canPublish: false, canSubscribe: true }, WATCHING)).toBe(true);
  expect(hasRights(undefined, WATCHING)).toBe(false);
});
