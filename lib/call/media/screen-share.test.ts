import type { LocalTrack } from "livekit-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createShareTracks, soundStateOf } from "./screen-share.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function fakeTrack(kind: "video" | "audio") {
  const capture = Object.assign(new EventTarget(), { muted: false });
  const track = {
    kind,
    isMuted: false,
    mediaStreamTrack: capture,
    stop: vi.fn(),
    on: () => track,
    mute: async () => void (track.isMuted = true),
    unmute: async () => void (track.isMuted = false),
  };
  const silence = async (isMuted: boolean) => {
    capture.muted = isMuted;
    capture.dispatchEvent(new Event(isMuted ? "mute" : "unmute"));
    await vi.advanceTimersByTimeAsync(1_000);
  };
  return { track, silence, end: () => capture.dispatchEvent(new Event("ended")) };
}

function scene() {
  const [picture, sound] = [fakeTrack("video"), fakeTrack("audio")];
  const events = { changed: vi.fn(), ended: vi.fn(), soundEnded: vi.fn() };
  const share = createShareTracks(events);
  share.begin([picture.track, sound.track] as unknown as LocalTrack[]);
  return { share, picture, sound, events };
}

test("[N131] sound can end alone; the end of the picture ends the share", () => {
  const { share, picture, sound, events } = scene();
  sound.end();
  expect([events.soundEnded.mock.calls.length, events.ended.mock.calls.length]).toEqual([1, 0]);
  expect(share.dropSound()).toBe(sound.track);
  expect([share.picture(), share.sound()]).toEqual([picture.track, undefined]);
  picture.end();
  expect(events.ended).toHaveBeenCalledOnce();
});

test("[N131] mutes the sound while the picture is paused", async () => {
  const { share, picture, sound } = scene();
  await picture.silence(true);
  expect([share.isPaused(), sound.track.isMuted]).toEqual([true, true]);
  await picture.silence(false);
  expect([share.isPaused(), sound.track.isMuted]).toEqual([false, false]);
});

test("[N131] sound that a host muted stays muted when the picture resumes", async () => {
  const { picture, sound } = scene();
  await sound.track.mute();
  await picture.silence(true);
  await picture.silence(false);
  expect(sound.track.isMuted).toBe(true);
});

test.each([
  [undefined, false, "none"],
  [{ isMuted: false }, false, "on"],
  [{ isMuted: true }, false, "muted"],
  [{ isMuted: false }, true, "locked"],
  [undefined, true, "none"],
])("[M7] share sound %j with microphones locked: %s is shown as %s", (sound, isLocked, expected) => {
  expect(soundStateOf(sound, isLocked)).toBe(expected);
});
