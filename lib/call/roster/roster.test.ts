import { expect, test } from "vitest";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import type { SeatAttributes } from "#lib/seats/seat-attributes.ts";
import { ADA, BO, ME, feedOf, id, person, track, view } from "#lib/testing/leg-people.ts";
import { type LegView, homeOf } from "./leg-view.ts";
import { type LocalParticipant, type OwnSeat, mergeRoster, ownSeatFromAttributes } from "./roster.ts";

const share = track("screenShare", "video");
const shareSound = track("screenShareAudio", "audio");
const me: LocalParticipant = {
  identity: ME,
  person: "me",
  name: "Me",
  role: "host",
  handRaisedAtMs: undefined,
  isMicrophoneOn: true,
  isCameraOn: false,
  isSharing: false,
  isSharingSound: false,
};
const names = (views: LegView[]) => mergeRoster(views, me, [], NO_LOCKS).people.map(({ identity }) => identity);

test("[N10] the own participant first, then by arrival, in one order on every screen", () => {
  const early = person(BO, {}, { joinedAtMs: "1" });
  expect(names([view("a", [person(ADA), early, person(ME)])])).toEqual([ME, BO, ADA]);
  expect(names([view("a", [person(id("z")), person(ADA)])])).toEqual([ME, ADA, id("z")]);
  expect(names([])).toEqual([ME]);
});

test("[N11] a participant on several legs is one, with tracks and level of the home leg", () => {
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

test("[N12] a lost leg keeps its participants in view, but any other leg overrides it", () => {
  const remembered = person(ADA, { tracks: [track("microphone", "audio")] });
  expect(names([view("a", [remembered], "held")])).toEqual([ME, ADA]);
  expect(homeOf(ADA, [view("a", [remembered], "held"), view("b", [person(ADA, { mayPublish: false })])])?.leg).toBe(
    "b",
  );
});

test("[N13] an identity that is no seat is not shown", () => {
  expect(names([view("a", [person(`${ADA}#x`), person("intruder"), person(ADA)])])).toEqual([ME, ADA]);
});

test("[N14] orders speakers by loudness and leaves out muted participants", () => {
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

test.each([
  ["a microphone", [track("microphone", "audio")], { isMicrophoneOn: true, isSharingSound: false }],
  ["a muted one", [track("microphone", "audio", { isMuted: true })], { isMicrophoneOn: false, isSharingSound: false }],
  ["a share with sound", [share, shareSound], { isMicrophoneOn: false, isSharingSound: true }],
  ["sound that is not played", [shareSound], { isMicrophoneOn: false, isSharingSound: false }],
])("[N136] a participant's sound is shown as it is played: %s", (_, tracks, expected) => {
  const { people } = mergeRoster([view("a", [person(ADA, { tracks })])], me, [], NO_LOCKS);
  expect(people[1]).toMatchObject(expected);
});

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

const seat = (more: Partial<SeatAttributes> = {}): SeatAttributes => ({
  role: "participant",
  kind: "guest",
  person: "x",
  hand: "",
  joinedAtMs: "1",
  home: "",
  ...more,
});
const ownSeat: OwnSeat = { identity: "p", person: "x", name: "Me", role: "cohost", handRaisedAtMs: 5 };
test.each([
  ["attributes for the first time", undefined, seat(), ownSeat],
  ["attributes that did not change", seat(), seat(), ownSeat],
  ["a new role", seat(), seat({ role: "host" }), { ...ownSeat, role: "host" }],
  ["a raised hand", seat(), seat({ hand: "9" }), { ...ownSeat, handRaisedAtMs: 9 }],
  ["a lowered hand", seat({ hand: "9" }), seat(), { ...ownSeat, handRaisedAtMs: undefined }],
  ["attributes that are not there yet", seat(), seat({ person: "", role: "host" }), ownSeat],
] as const)(
  "[N64] takes the latest of what API and attributes say about the own seat: %s",
  (_, before, after, expected) => {
    expect(ownSeatFromAttributes(ownSeat, before, after)).toEqual(expected);
  },
);
