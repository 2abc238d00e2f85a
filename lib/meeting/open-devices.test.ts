import { expect, test, vi } from "vitest";
import { toChoices } from "./device-choices.ts";
import { statusOfError } from "./media-error.ts";
import { loudness } from "./mic-level.ts";
import { type CaptureKind, createOpener } from "./open-devices.ts";
import { createPreviewDevice } from "./preview-device.ts";

const failure = (name: string) => Object.assign(new Error(name), { name });
const fakeTrack = (kind: string) =>
  Object.assign(new EventTarget(), {
    kind,
    stop: vi.fn(),
    getSettings: () => ({ deviceId: kind }),
  }) as unknown as MediaStreamTrack;

/** A browser whose answer depends on what is asked for: `both`, `audio` or `video`. */
function scene(failures: Record<string, string> = {}, states: PermissionState[] = ["prompt", "prompt"]) {
  const asked: string[] = [];
  const media = {
    async getUserMedia({ audio, video }: MediaStreamConstraints): Promise<MediaStream> {
      const what = audio && video ? "both" : audio ? "audio" : "video";
      const wish = typeof video === "object" ? video.deviceId : typeof audio === "object" ? audio.deviceId : undefined;
      asked.push(wish && typeof wish === "object" && "exact" in wish ? `${what}!` : what);
      const name = failures[asked.at(-1) ?? ""];
      if (name) throw failure(name);
      return {
        getAudioTracks: () => (audio ? [fakeTrack("audio")] : []),
        getVideoTracks: () => (video ? [fakeTrack("video")] : []),
      } as unknown as MediaStream;
    },
  };
  const permissions = { query: async () => ({ state: states.shift() ?? "prompt" }) };
  const open = createOpener(media, permissions);
  const both = async () => {
    const kinds: CaptureKind[] = ["camera", "microphone"];
    const results = await Promise.allSettled(kinds.map((kind) => open(kind, undefined)));
    return results
      .map((result) => (result.status === "fulfilled" ? result.value.kind : statusOfError(result.reason)))
      .join(" ");
  };
  return { open, both, asked };
}

test.each([
  ["all is well", {}, undefined, "video audio", ["both"]],
  [
    "there is no camera",
    { both: "NotFoundError", video: "NotFoundError" },
    undefined,
    "missing audio",
    ["both", "video", "audio"],
  ],
  [
    "another program has the microphone",
    { both: "NotReadableError", audio: "NotReadableError" },
    undefined,
    "video busy",
    ["both", "video", "audio"],
  ],
  ["refused just now", { both: "NotAllowedError" }, undefined, "denied denied", ["both"]],
  [
    "the camera was refused before",
    { both: "NotAllowedError", video: "NotAllowedError" },
    ["denied", "prompt"],
    "denied audio",
    ["both", "video", "audio"],
  ],
] as const)(
  "[N90] camera and microphone are one question, and one works without the other: %s",
  async (_, failures, states, expected, questions) => {
    const { both, asked } = scene(failures, states ? [...states] : undefined);
    expect(await both()).toBe(expected);
    expect(asked).toEqual(questions);
  },
);

test("[N91] where the chosen device is gone another one is taken", async () => {
  const { open, asked } = scene({ "video!": "OverconstrainedError" });
  expect((await open("camera", "unplugged")).kind).toBe("video");
  expect(asked).toEqual(["video!", "video"]);
});

test("[N92] a page that came over plain http says that devices are forbidden", async () => {
  const open = createOpener(undefined, undefined);
  await expect(open("camera", undefined).catch(statusOfError)).resolves.toBe("denied");
});

test.each([
  ["NotAllowedError", "denied"],
  ["SecurityError", "denied"],
  ["NotFoundError", "missing"],
  ["OverconstrainedError", "missing"],
  ["NotReadableError", "busy"],
  ["AbortError", "busy"],
  ["TypeError", "failed"],
  ["toString", "failed"],
])("[N93] %s means %s", (name, expected) => {
  expect(statusOfError(failure(name))).toBe(expected);
});

test("[N94] choices leave out what the browser hides and what is there twice", () => {
  const device = (kind: MediaDeviceKind, deviceId: string, label = "") => ({ kind, deviceId, label });
  const { camera, microphone, speaker } = toChoices([
    device("videoinput", "c1", "Front"),
    device("videoinput", "c2"),
    device("audioinput", ""),
    device("audioinput", "communications", "Communications"),
    device("audiooutput", "default", "Default"),
  ]);
  expect(camera.map(({ label }) => label)).toEqual(["Front", "Camera 2"]);
  expect([microphone.length, speaker.length]).toEqual([0, 1]);
});

test("[N95] the level is 0 in silence and 1 for a loud voice", () => {
  expect(loudness(new Uint8Array(64).fill(128))).toBe(0);
  expect(loudness(new Uint8Array([0, 255, 0, 255]))).toBe(1);
});

test("[N96] the last word on a preview device wins, and what was given away is not stopped", async () => {
  const opened: MediaStreamTrack[] = [];
  const open = async () => {
    const track = fakeTrack("video");
    opened.push(track);
    return track;
  };
  const device = createPreviewDevice("camera", open, undefined, () => {});
  await Promise.all([device.setOn(true), device.setOn(false)]);
  expect(device.status()).toBe("off");
  expect(opened.every((track) => vi.mocked(track.stop).mock.calls.length > 0)).toBe(true);

  await device.setOn(true);
  expect(device.status()).toBe("on");
  const given = device.take();
  await device.setOn(false);
  expect(given).toBe(opened.at(-1));
  expect(given && vi.mocked(given.stop)).not.toHaveBeenCalled();
});

test("[N97] an unplugged device falls back to another, or says that it is missing and comes back by itself", async () => {
  const answers = [fakeTrack("one"), fakeTrack("two"), failure("NotFoundError"), fakeTrack("three")];
  const open = async () => {
    const next = answers.shift();
    if (next instanceof Error || !next) throw next;
    return next;
  };
  const device = createPreviewDevice("camera", open, undefined, () => {});
  await device.setOn(true);
  device.track.getSnapshot()?.dispatchEvent(new Event("ended"));
  await vi.waitFor(() => expect(device.track.getSnapshot()?.kind).toBe("two"));
  device.track.getSnapshot()?.dispatchEvent(new Event("ended"));
  await vi.waitFor(() => expect(device.status()).toBe("missing"));
  await device.recheck();
  expect(device.track.getSnapshot()?.kind).toBe("three");
});
