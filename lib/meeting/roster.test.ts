import { expect, test } from "vitest";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { type LegPerson, type LegTrack, type LegView, homeOf, isWanted, isWelcome } from "./leg-view.ts";
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
  hasArrived: true,
  feed: undefined,
  ...more,
});
const person = (identity: string, more: Partial<LegPerson> = {}, seat: Partial<LegPerson["seat"]> = {}): LegPerson => ({
  identity,
  name: identity.slice(2, 5),
  seat: { role: "participant", kind: "guest", person: identity, hand: "", joinedAtMs: "5", home: "", ...seat },
  mayPublish: true,
  isSpeaking: false,
  level: 0,
  quality: "good",
  tracks: [],
  ...more,
});
const view = (leg: string, people: LegPerson[], status: LegView["status"] = "live"): LegView => ({
  leg,
  status,
  people,
});
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
  expect(names([view("a", [remembered], "held")])).toEqual([ME, ADA]);
  expect(homeOf(ADA, [view("a", [remembered], "held"), view("b", [person(ADA, { mayPublish: false })])])?.leg).toBe(
    "b",
  );
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

const words = (home: string, tracks: LegTrack[], mayPublish = true, at = ADA) =>
  person(at, { mayPublish, tracks, name: home }, { home });
const camera = (leg: string, more: Partial<LegTrack> = {}) =>
  track("camera", "video", { sid: `camera-${leg}`, feed: feedOf(ADA, leg), ...more });
const voice = (leg: string, more: Partial<LegTrack> = {}) =>
  track("microphone", "audio", { sid: `voice-${leg}`, ...more });
const onItsWay = { hasArrived: false, feed: undefined };

test.each<[string, LegView[], string]>([
  [
    "home",
    [view("a", [words("1:a", [camera("a"), voice("a")])]), view("b", [words("1:a", [], false)])],
    "camera-a voice-a",
  ],
  [
    "the right is there, the tracks are not",
    [view("a", [words("1:a", [camera("a"), voice("a")])]), view("b", [words("2:b", [])])],
    "camera-a voice-a",
  ],
  [
    "the tracks are announced and not here",
    [
      view("a", [words("1:a", [camera("a"), voice("a")])]),
      view("b", [words("2:b", [camera("b", onItsWay), voice("b", onItsWay)])]),
    ],
    "camera-a voice-a",
  ],
  [
    "the voice is here, the picture not yet",
    [
      view("a", [words("1:a", [camera("a"), voice("a")])]),
      view("b", [words("2:b", [camera("b", onItsWay), voice("b")])]),
    ],
    "camera-a voice-b",
  ],
  [
    "all is here, and goes on at the old leg for a while",
    [view("a", [words("1:a", [camera("a"), voice("a")])]), view("b", [words("2:b", [camera("b"), voice("b")])])],
    "camera-b voice-b",
  ],
  [
    "muted at the new leg",
    [view("a", [words("1:a", [voice("a")])]), view("b", [words("2:b", [voice("b", { isMuted: true })])])],
    "voice-b",
  ],
  [
    "the old leg died: its last picture stays",
    [view("a", [words("1:a", [camera("a")])], "held"), view("b", [words("2:b", [])])],
    "camera-a",
  ],
  ["it died long ago", [view("a", [words("1:a", [camera("a")])], "lost"), view("b", [words("2:b", [])])], ""],
  [
    "all legs died: everything stays",
    [view("a", [words("1:a", [camera("a")])], "lost"), view("b", [], "lost")],
    "camera-a",
  ],
  [
    "the right at the old leg is withdrawn",
    [view("a", [words("1:a", [camera("a")], false)]), view("b", [words("2:b", [])])],
    "",
  ],
  [
    "a server woke up that has missed the move",
    [view("a", [words("1:a", [camera("a"), voice("a")])]), view("b", [words("2:b", [camera("b"), voice("b")])])],
    "camera-b voice-b",
  ],
])("[N11] each track comes from one leg while somebody moves home: %s", (_, views, expected) => {
  const tracks = homeOf(ADA, views)?.person.tracks ?? [];
  expect(tracks.map(({ sid }) => sid).join(" ")).toBe(expected);
});

test("[N11] the newest word on where somebody's home is counts, and what that leg says of them", () => {
  const views = [view("a", [words("9:a", [])]), view("b", [words("10:b", [])]), view("c", [words("", [])])];
  expect(homeOf(ADA, views)).toMatchObject({ leg: "b", person: { name: "10:b" } });
});

test("[N12] whom only a leg knows that is long gone is gone, once another leg lives", () => {
  const ghost = view("a", [words("1:a", [])], "lost");
  expect(homeOf(ADA, [ghost, view("b", [])])).toBeUndefined();
  expect(homeOf(ADA, [ghost, view("b", [], "held")])?.leg).toBe("a");
});

const moving = { leg: "b", person: words("2:b", [camera("b"), voice("b")]) };
test.each([
  ["what counts", voice("b"), "b", true],
  ["what is announced at home", voice("x", onItsWay), "b", true],
  ["the voice at the leg that was left", voice("a"), "a", false],
  ["the picture there, until it ends", camera("a"), "a", true],
  ["a picture there that was never here", camera("a", onItsWay), "a", false],
])("[N17] a voice is subscribed on one leg only, so that nobody is heard twice: %s", (_, one, leg, expected) => {
  expect(isWanted(one, leg, moving)).toBe(expected);
});
