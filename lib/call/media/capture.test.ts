import { expect, test } from "vitest";
import { toChoices } from "./device-list.ts";
import { NoDevicesError, troubleOf } from "./media-error.ts";
import { loudness } from "./mic-level.ts";
import { type CaptureKind, createOpener } from "./capture.ts";

const failure = (name: string, message = name) => Object.assign(new Error(message), { name });
const fakeTrack = (kind: string) => ({ kind }) as unknown as MediaStreamTrack;

/** A browser whose answer depends on what is asked for: `both`, `audio` or `video`; `never` is an answer, too. */
function scene(failures: Record<string, string> = {}, states: PermissionState[] = ["prompt", "prompt"]) {
  const asked: string[] = [];
  const media = {
    async getUserMedia({ audio, video }: MediaStreamConstraints): Promise<MediaStream> {
      const what = audio && video ? "both" : audio ? "audio" : "video";
      const wish = typeof video === "object" ? video.deviceId : typeof audio === "object" ? audio.deviceId : undefined;
      asked.push(wish && typeof wish === "object" && "exact" in wish ? `${what}!` : what);
      const name = failures[asked.at(-1) ?? ""];
      if (name === "never") return new Promise(() => {});
      if (name) throw failure(...(name.split(": ") as [string, string?]));
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
      .map((result) => (result.status === "fulfilled" ? result.value.kind : troubleOf(result.reason)))
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
  [
    "the question was closed just now: asking again would be pestering",
    { both: "NotAllowedError: Permission dismissed" },
    undefined,
    "denied denied",
    ["both"],
  ],
  [
    "the camera was refused before",
    { both: "NotAllowedError", video: "NotAllowedError" },
    ["denied", "prompt"],
    "denied audio",
    ["both", "video", "audio"],
  ],
  [
    "the system refuses the camera, which the browser's permission does not say",
    { both: "NotAllowedError", video: "NotAllowedError" },
    undefined,
    "denied audio",
    ["both", "video", "audio"],
  ],
  [
    "both were allowed before: there is no question to put together",
    { video: "NotReadableError" },
    ["granted", "granted"],
    "busy audio",
    ["video", "audio"],
  ],
] as const)(
  "[N90] camera and microphone are one question, and one works without the other: %s",
  async (_, failures, states, expected, questions) => {
    const { both, asked } = scene(failures, states ? [...states] : undefined);
    expect(await both()).toBe(expected);
    expect(asked).toEqual(questions);
  },
);

test("[N127] a camera that never answers does not keep the microphone waiting", async () => {
  const { open } = scene({ video: "never" }, ["granted", "granted"]);
  void open("camera", undefined);
  expect((await open("microphone", undefined)).kind).toBe("audio");
});

test("[N122] where one device and no other is wanted, no other is taken", async () => {
  const { open, asked } = scene({ "audio!": "OverconstrainedError" });
  await expect(open("microphone", "gone", true)).rejects.toMatchObject({ name: "OverconstrainedError" });
  expect(asked).toEqual(["audio!"]);
});

test("[N91] where the chosen device is gone another one is taken", async () => {
  const { open, asked } = scene({ "video!": "OverconstrainedError" });
  expect((await open("camera", "unplugged")).kind).toBe("video");
  expect(asked).toEqual(["video!", "video"]);
});

test.each([
  ["came over plain http", false, "insecure"],
  ["is in a browser that has none", true, "unsupported"],
] as const)("[N92] a page that %s says why there are no devices", async (_, isSecure, expected) => {
  const open = createOpener(undefined, undefined, isSecure);
  await expect(open("camera", undefined).catch(troubleOf)).resolves.toBe(expected);
  expect(troubleOf(new NoDevicesError(expected))).toBe(expected);
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
  expect(troubleOf(failure(name))).toBe(expected);
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
