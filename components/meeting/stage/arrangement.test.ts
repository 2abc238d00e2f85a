import { expect, test } from "vitest";
import type { Person } from "#lib/call/meeting.ts";
import { NO_ARRANGEMENT, nextArrangement } from "./arrangement.ts";
import type { StageTile } from "./stage-plan.ts";

const tile = (key: string): StageTile => {
  const person: Person = {
    identity: key,
    person: key,
    name: key,
    role: "participant",
    kind: "guest",
    isMe: key === "me",
    joinedAtMs: 0,
    handRaisedAtMs: undefined,
    isMicrophoneOn: true,
    isCameraOn: false,
    isSharing: false,
    isSharingSound: false,
    isSpeaking: false,
    quality: "good",
  };
  return { key, kind: "person", person, feed: undefined };
};
const tiles = ["me", "a", "b", "c"].map(tile);
const silence: readonly string[] = [];

test("[I19] a picture in which nothing changed keeps its identity", () => {
  const first = nextArrangement(NO_ARRANGEMENT, tiles, 2, silence);
  expect(first.order).toEqual(["me", "a", "b", "c"]);
  expect(nextArrangement(first, tiles, 2, silence)).toBe(first);
});

test("[I19] who speaks comes to the first page, in the place of who has been silent longest, and stays", () => {
  const start = nextArrangement(NO_ARRANGEMENT, tiles, 3, silence);
  const aSpoke = nextArrangement(start, tiles, 3, ["a"]);
  const cSpeaks = nextArrangement(aSpoke, tiles, 3, ["c"]);
  expect(cSpeaks.order).toEqual(["me", "a", "c", "b"]);
  expect(nextArrangement(cSpeaks, tiles, 3, silence).order).toBe(cSpeaks.order);
});
