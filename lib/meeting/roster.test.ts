import { expect, test } from "vitest";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { type LegPerson, type LegTrack, type LegView, homeOf, isWelcome } from "./leg-view.ts";
import type { VideoFeed } from "./meeting.ts";
import { type Myself, mergeRoster } from "./roster.ts";

const id = (letter: string) => `p_${letter.repeat(20)}`;
const [ME, ADA, BO] = [id("m"), id("a"), id("b")];
const feedOf = (identity: string, leg: string): VideoFeed => ({
  id: `${leg}-${identity}`,
  identity,
  source: "camera",
  attach: () => () => {},
});
const track = (source: LegTrack["source"], kind: LegTrack["kind"], more: Partial<LegTrack> = {}): LegTrack => ({
  sid: source,
  kind,
  source,
  isMuted: false,
  feed: undefined,
  ...more,
});
const person = (identity: string, more: Partial<LegPerson> = {}, seat: Partial<LegPerson["seat"]> = {}): LegPerson => ({
  identity,
  name: identity.slice(2, 5),
  seat: { role: "participant", kind: "guest", person: identity, hand: "", joinedAtMs: "5", ...seat },
  mayPublish: true,
  isSpeaking: false,
  level: 0,
  quality: "good",
  tracks: [],
  ...more,
});
const view = (leg: string, people: LegPerson[], isLive = true): LegView => ({ leg, isLive, people });
const me: Myself = {
  identity: ME,
  person: "me",
  name: "Me",
  role: "host",
  handRaisedAtMs: undefined,
  isMicrophoneOn: true,
  isCameraOn: false,
  isSharing: false,
};
const names = (views: LegView[]) => mergeRoster(views, me, [], NO_LOCKS).people.map(({ identity }) => identity);

test("[N10] me first, then the order of arrival, and the same order on every screen", () => {
  const early = person(BO, {}, { joinedAtMs: "1" });
  expect(names([view("a", [person(ADA), early, person(ME)])])).toEqual([ME, BO, ADA]);
  expect(names([view("a", [person(id("z")), person(ADA)])])).toEqual([ME, ADA, id("z")]);
  expect(names([])).toEqual([ME]);
});

test("[N11] somebody on several legs is one person, with the tracks and the level of their home leg", () => {
  const home = person(ADA, {
    isSpeaking: true,
    level: 0.5,
    tracks: [track("microphone", "audio"), track("camera", "video", { feed: feedOf(ADA, "b") })],
  });
  const listening = person(ADA, { mayPublish: false, tracks: [track("camera", "video", { feed: feedOf(ADA, "a") })] });
  const { people, feeds, speakers } = mergeRoster([view("a", [listening]), view("b", [home])], me, [], NO_LOCKS);
  expect(people.filter(({ identity }) => identity === ADA)).toHaveLength(1);
  expect(feeds.map(({ id: key }) => key)).toEqual([`b-${ADA}`]);
  expect(speakers).toEqual([ADA]);
});

test("[N12] a lost leg keeps its people in view, but has no say where another leg sees them", () => {
  const remembered = person(ADA, { tracks: [track("microphone", "audio")] });
  expect(names([view("a", [remembered], false)])).toEqual([ME, ADA]);
  expect(homeOf(ADA, [view("a", [remembered], false), view("b", [person(ADA, { mayPublish: false })])])?.leg).toBe("b");
});

test("[N13] an identity that is no seat is not shown", () => {
  expect(names([view("a", [person(`${ADA}#x`), person("intruder"), person(ADA)])])).toEqual([ME, ADA]);
});

test("[N14] speakers are ordered by loudness, and whoever is muted does not speak", () => {
  const loud = (identity: string, level: number, isMuted = false) =>
    person(identity, { isSpeaking: true, level, tracks: [track("microphone", "audio", { isMuted })] });
  const { speakers } = mergeRoster(
    [view("a", [loud(ADA, 0.2), loud(BO, 0.9), loud(id("c"), 1, true)])],
    me,
    [],
    NO_LOCKS,
  );
  expect(speakers).toEqual([BO, ADA]);
});

const locked = { ...NO_LOCKS, microphone: true, screenShare: true };
test.each([
  ["sound of a microphone", "audio", "microphone", "participant", true, NO_LOCKS, true],
  ["sound labelled camera", "audio", "camera", "participant", true, NO_LOCKS, false],
  ["a picture labelled microphone", "video", "microphone", "host", true, NO_LOCKS, false],
  ["a source nobody knows", "audio", "unknown", "host", true, NO_LOCKS, false],
  ["somebody without the right", "audio", "microphone", "participant", false, NO_LOCKS, false],
  ["a locked microphone", "audio", "microphone", "participant", true, locked, false],
  ["a host's microphone while it is locked", "audio", "microphone", "host", true, locked, true],
  ["a co-host's", "audio", "microphone", "cohost", true, locked, true],
  ["a camera while microphones are locked", "video", "camera", "participant", true, locked, true],
  ["the sound of a locked share", "audio", "screenShareAudio", "participant", true, locked, false],
] as const)(
  "[N15] listeners decide for themselves what they play: %s",
  (_, kind, source, role, mayPublish, locks, expected) => {
    expect(isWelcome({ kind, source }, { role, mayPublish }, locks)).toBe(expected);
  },
);

test("[N15] a locked camera shows neither as picture nor as state", () => {
  const camera = person(ADA, { tracks: [track("camera", "video", { feed: feedOf(ADA, "a") })] });
  const { people, feeds } = mergeRoster([view("a", [camera])], me, [], { ...NO_LOCKS, camera: true });
  expect(feeds).toEqual([]);
  expect(people[1]?.isCameraOn).toBe(false);
});

test("[N16] the hand carries the server's time", () => {
  const { people } = mergeRoster([view("a", [person(ADA, {}, { hand: "77" })])], me, [], NO_LOCKS);
  expect(people[1]?.handRaisedAtMs).toBe(77);
});
