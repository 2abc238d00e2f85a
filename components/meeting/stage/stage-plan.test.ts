import { expect, test } from "vitest";
import type { Person, VideoFeed } from "#lib/call/meeting.ts";
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
  isSharingSound: false,
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
  if (result.status === "pair") return `${result.other.key} over ${result.me.key}`;
  if (result.status === "grid") return result.tiles.map(({ key }) => key).join(" ");
  return `[${result.focus.key}] ${result.strip.map(({ key }) => key).join(" ")}`;
};
const sharing = (one: Person): Person => ({ ...one, isSharing: true });
const adaShares: Partial<StageInput> = { people: [me, sharing(ada), bo], feeds: [feed("ada", "screenShare")] };
const meShares = { people: [sharing(me), ada, bo], feeds: [feed("me", "screenShare")] };

test.each<[string, Partial<StageInput>, string]>([
  ["alone", { people: [me] }, "alone"],
  ["alone and sharing", { people: [sharing(me)], feeds: [feed("me", "screenShare")] }, "alone"],
  ["all", {}, "me ada bo"],
  ["a share takes the stage", adaShares, "[ada:share] me ada bo"],
  ["a share whose picture is on its way", { ...adaShares, feeds: [] }, "[ada:share] me ada bo"],
  ["others' share before mine", { people: [sharing(me), sharing(ada), bo] }, "[ada:share] me ada bo"],
  ["my own share is not shown to me", meShares, "me ada bo"],
  ["the newest of two", { people: [me, sharing(ada), sharing(bo)] }, "[bo:share] ada:share me ada bo"],
  ["a pinned person", { pinned: "bo" }, "[bo] me ada"],
  ["a pin beats a share", { ...adaShares, pinned: "bo" }, "[bo] ada:share me ada"],
  ["a pin on a participant who left", { pinned: "gone" }, "me ada bo"],
  ["spotlight on who spoke", { layout: "spotlight", lastSpeaker: "bo" }, "[bo] me ada"],
  ["spotlight before anyone spoke", { layout: "spotlight" }, "[ada] me bo"],
  ["spotlight never on me", { layout: "spotlight", lastSpeaker: "me" }, "[ada] me bo"],
  ["the grid keeps a share among the tiles", { ...adaShares, layout: "grid" }, "ada:share me ada bo"],
  ["a share of an unknown participant", { feeds: [feed("gone", "screenShare")] }, "me ada bo"],
])("[I16] the stage shows what matters most: %s", (_, more, expected) => {
  expect(plan(more)).toBe(expected);
});

test.each<[string, Partial<StageInput>, string]>([
  ["the other one fills the stage", {}, "ada over me"],
  ["as tiles by choice", { layout: "grid" }, "me ada"],
  ["the other one is pinned", { pinned: "ada" }, "[ada] me"],
  ["one shares", { people: [me, sharing(ada)] }, "[ada:share] me ada"],
])("[I57] two people: %s", (_, more, expected) => {
  expect(plan({ people: [me, ada], ...more })).toBe(expected);
});

test("[I17] a participant who is listed twice has one tile", () => {
  expect(plan({ people: [me, ada, ada], feeds: [feed("ada", "camera", "1"), feed("ada", "camera", "2")] })).toBe(
    "ada over me",
  );
});
