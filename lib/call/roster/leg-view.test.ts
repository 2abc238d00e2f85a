import { expect, test } from "vitest";
import { NO_LOCKS, type SourceLocks } from "#lib/rooms/room.ts";
import { ADA, feedOf, person, track, view } from "#lib/testing/leg-people.ts";
import { type LegTrack, type LegView, type Owner, homeOf, isWanted, mayPlay } from "./leg-view.ts";

const owner = (more: Partial<Owner>): Owner => ({
  role: "participant",
  mayPublish: true,
  maySend: undefined,
  tracks: [],
  ...more,
});
const locked = { ...NO_LOCKS, microphone: true, screenShare: true };
test.each([
  ["sound of a microphone", "audio", "microphone", "participant", true, NO_LOCKS, true],
  ["sound labelled camera", "audio", "camera", "participant", true, NO_LOCKS, false],
  ["a picture labelled microphone", "video", "microphone", "host", true, NO_LOCKS, false],
  ["an unknown source", "audio", "unknown", "host", true, NO_LOCKS, false],
  ["a participant without permission", "audio", "microphone", "participant", false, NO_LOCKS, false],
  ["a locked microphone", "audio", "microphone", "participant", true, locked, false],
  ["a host's microphone while it is locked", "audio", "microphone", "host", true, locked, true],
  ["a co-host's while it is locked", "audio", "microphone", "cohost", true, locked, true],
  ["a camera while microphones are locked", "video", "camera", "participant", true, locked, true],
  ["the sound of a locked share", "audio", "screenShareAudio", "participant", true, locked, false],
] as const)(
  "[N15] receivers check which tracks they play: %s",
  (_, kind, source, role, mayPublish, locks, expected) => {
    expect(mayPlay({ kind, source }, owner({ role, mayPublish }), locks)).toBe(expected);
  },
);

const share = track("screenShare", "video");
const shareSound = track("screenShareAudio", "audio");
const onlySound = { ...NO_LOCKS, microphone: true };
test.each<[string, Partial<Owner>, SourceLocks, boolean]>([
  ["beside a picture", { tracks: [share, shareSound] }, NO_LOCKS, true],
  ["alone", { tracks: [shareSound, track("camera", "video")] }, NO_LOCKS, false],
  ["beside a picture that is muted", { tracks: [{ ...share, isMuted: true }, shareSound] }, NO_LOCKS, false],
  ["beside sound labelled as a picture", { tracks: [track("screenShare", "audio"), shareSound] }, NO_LOCKS, false],
  ["while microphones are locked", { tracks: [share, shareSound] }, onlySound, false],
  ["of a host while microphones are locked", { role: "host", tracks: [share, shareSound] }, onlySound, true],
  ["of a host, alone", { role: "host", tracks: [shareSound] }, NO_LOCKS, false],
  ["the server does not permit it", { maySend: ["screenShare"], tracks: [share, shareSound] }, NO_LOCKS, false],
])(
  "[N15] share sound plays only beside a share picture and while microphones are unlocked: %s",
  (_, more, locks, expected) => {
    expect(mayPlay(shareSound, owner(more), locks)).toBe(expected);
  },
);

test("[N15] sources the server does not permit are neither shown nor played", () => {
  const cameraOnly = owner({ maySend: ["camera"] });
  expect(mayPlay(track("microphone", "audio"), cameraOnly, NO_LOCKS)).toBe(false);
  expect(mayPlay(track("camera", "video"), cameraOnly, NO_LOCKS)).toBe(true);
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
    "permission is there, tracks are not",
    [view("a", [words("1:a", [camera("a"), voice("a")])]), view("b", [words("2:b", [])])],
    "camera-a voice-a",
  ],
  [
    "tracks are announced, not received",
    [
      view("a", [words("1:a", [camera("a"), voice("a")])]),
      view("b", [words("2:b", [camera("b", onItsWay), voice("b", onItsWay)])]),
    ],
    "camera-a voice-a",
  ],
  [
    "the voice is received, the picture not yet",
    [
      view("a", [words("1:a", [camera("a"), voice("a")])]),
      view("b", [words("2:b", [camera("b", onItsWay), voice("b")])]),
    ],
    "camera-a voice-b",
  ],
  [
    "both are received, and still sent on the old leg",
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
  ["the old leg died long ago", [view("a", [words("1:a", [camera("a")])], "lost"), view("b", [words("2:b", [])])], ""],
  [
    "all legs died: everything stays",
    [view("a", [words("1:a", [camera("a")])], "lost"), view("b", [], "lost")],
    "camera-a",
  ],
  [
    "permission on the old leg is withdrawn",
    [view("a", [words("1:a", [camera("a")], false)]), view("b", [words("2:b", [])])],
    "",
  ],
  [
    "a server resumes that missed the move",
    [view("a", [words("1:a", [camera("a"), voice("a")])]), view("b", [words("2:b", [camera("b"), voice("b")])])],
    "camera-b voice-b",
  ],
])("[N11] takes each track from one leg during a move: %s", (_, views, expected) => {
  const tracks = homeOf(ADA, views)?.person.tracks ?? [];
  expect(tracks.map(({ sid }) => sid).join(" ")).toBe(expected);
});

test("[N11] takes the newest home attribute, and the data of that leg", () => {
  const views = [view("a", [words("9:a", [])]), view("b", [words("10:b", [])]), view("c", [words("", [])])];
  expect(homeOf(ADA, views)).toMatchObject({ leg: "b", person: { name: "10:b" } });
});

test("[N12] a participant shown only by a lost leg is gone once another leg is live", () => {
  const ghost = view("a", [words("1:a", [])], "lost");
  expect(homeOf(ADA, [ghost, view("b", [])])).toBeUndefined();
  expect(homeOf(ADA, [ghost, view("b", [], "held")])?.leg).toBe("a");
});

const moving = { leg: "b", person: words("2:b", [camera("b"), voice("b")]) };
test.each([
  ["the voice on the home leg", voice("b"), "b", true],
  ["announced on the home leg", voice("x", onItsWay), "b", true],
  ["the voice on the old leg", voice("a"), "a", false],
  ["the picture on the old leg, until it ends", camera("a"), "a", true],
  ["a picture on the old leg that never arrived", camera("a", onItsWay), "a", false],
])("[N17] subscribes to a voice on one leg only, so that no one is heard twice: %s", (_, one, leg, expected) => {
  expect(isWanted(one, leg, moving, true)).toBe(expected);
});

test.each([
  ["it has a place on the screen", camera("b", onItsWay), true, true],
  ["it has no place yet", camera("b", onItsWay), false, false],
  ["it arrived after its place was gone", camera("b"), false, false],
  ["it had a place on another page", camera("b", { wasShown: true }), false, true],
  ["it had a place, on the old leg", camera("a", { wasShown: true }), false, true],
  ["a voice needs no place", voice("b"), false, true],
])("[N137] subscribes only to pictures on the screen, and to none twice: %s", (_, one, isWatched, expected) => {
  expect(isWanted(one, one.sid.endsWith("a") ? "a" : "b", moving, isWatched)).toBe(expected);
});
