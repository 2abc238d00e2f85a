import { expect, test } from "vitest";
import type { Person, VideoFeed } from "#lib/meeting/meeting.ts";
import { planStage, type StageInput } from "./stage-plan.ts";

const person = (identity: string, isMe = false): Person => ({
  identity,
  person: identity,
  name: identity,
  role: "participant",
  kind: "guest",
  isMe,
  joinedAtMs: 0,
  handRaisedAtMs: undefined,
  isMicrophoneOn: true,
  isCameraOn: true,
  isSharing: false,
  isSpeaking: false,
  quality: "good",
});
const feed = (identity: string, source: VideoFeed["source"], id = `${identity}-${source}`): VideoFeed => ({
  id,
  identity,
  source,
  attach: () => () => {},
});
const me = person("me", true);
const [ada, bo] = [person("ada"), person("bo")];
const plan = (more: Partial<StageInput>) => {
  const result = planStage({
    people: [me, ada, bo],
    feeds: [],
    layout: "auto",
    pinned: undefined,
    lastSpeaker: undefined,
    ...more,
  });
  if (result.status === "alone") return "alone";
  if (result.status === "grid") return result.tiles.map(({ key }) => key).join(" ");
  return `[${result.focus.key}] ${result.strip.map(({ key }) => key).join(" ")}`;
};
const [adaShares, meShares] = [feed("ada", "screenShare"), feed("me", "screenShare")];

test.each<[string, Partial<StageInput>, string]>([
  ["alone", { people: [me] }, "alone"],
  ["alone and sharing", { people: [me], feeds: [meShares] }, "alone"],
  ["everybody", {}, "me ada bo"],
  ["a share takes the stage", { feeds: [adaShares] }, "[ada:share] me ada bo"],
  ["others' share before mine", { feeds: [adaShares, meShares] }, "[ada:share] me ada bo"],
  ["my own share is not shown to me", { feeds: [meShares] }, "me ada bo"],
  ["the newest of two", { feeds: [adaShares, feed("bo", "screenShare")] }, "[bo:share] ada:share me ada bo"],
  ["a pinned person", { pinned: "bo" }, "[bo] me ada"],
  ["a pin beats a share", { pinned: "bo", feeds: [adaShares] }, "[bo] ada:share me ada"],
  ["a pin on somebody who left", { pinned: "gone" }, "me ada bo"],
  ["spotlight on who spoke", { layout: "spotlight", lastSpeaker: "bo" }, "[bo] me ada"],
  ["spotlight while nobody spoke", { layout: "spotlight" }, "[ada] me bo"],
  ["spotlight never on me", { layout: "spotlight", lastSpeaker: "me" }, "[ada] me bo"],
  ["the grid keeps a share among the tiles", { layout: "grid", feeds: [adaShares] }, "ada:share me ada bo"],
  ["a share of somebody unknown", { feeds: [feed("gone", "screenShare")] }, "me ada bo"],
])("[I16] the stage shows what matters most: %s", (_, more, expected) => {
  expect(plan(more)).toBe(expected);
});

test("[I17] nobody has two tiles, even when they are seen twice", () => {
  expect(plan({ people: [me, ada, ada], feeds: [feed("ada", "camera", "1"), feed("ada", "camera", "2")] })).toBe(
    "me ada",
  );
});
