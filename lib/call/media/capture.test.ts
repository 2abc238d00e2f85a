import { expect, test } from "vitest";
import { type CaptureKind, NoDevicesError, createOpener, troubleOf } from "./capture.ts";
import { toChoices } from "./device-list.ts";
import { loudness } from "./mic-level.ts";

const failure = (name: string, message = name) => Object.assign(new Error(message), { name });
const fakeTrack = (kind: string) => ({ kind }) as unknown as MediaStreamTrack;

/** A browser whose answer depends on what is requested: `both`, `audio` or `video`. `never` leaves it open. */
function scene(failures: Record<string, string> = {}, states: PermissionState[] = ["prompt", "prompt"]) {
  const asked: string[] = [];
  const media = {
    async getUserMedia({ audio, video }: MediaStreamConstraints): Promise<MediaStream> {
      const what = audio && video ? "both" : audio ? "audio" : "video";
      const wanted =
        typeof video === "object" ? video.deviceId : typeof audio === "object" ? audio.deviceId : undefined;
      asked.push(wanted && typeof wanted === "object" && "exact" in wanted ? `${what}!` : what);
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
  ["both work", {}, undefined, "video audio", ["both"]],
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
    "the prompt was dismissed: do not prompt again",
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
    "the system refuses the camera, which the browser's permission does not show",
    { both: "NotAllowedError", video: "NotAllowedError" },
    undefined,
    "denied audio",
    ["both", "video", "audio"],
  ],
  [
    "both were allowed before: no prompt to combine",
    { video: "NotReadableError" },
    ["granted", "granted"],
    "busy audio",
    ["video", "audio"],
  ],
] as const)(
  "[N90] camera and microphone share one prompt, and one works without the other: %s",
  async (_, failures, states, expected, questions) => {
    const { both, asked } = scene(failures, states ? [...states] : undefined);
    expect(await both()).toBe(expected);
    expect(asked).toEqual(questions);
  },
);

test("[N127] a camera that never answers does not delay the microphone", async () => {
  const { open } = scene({ video: "never" }, ["granted", "granted"]);
  void open("camera", undefined);
  expect((await open("microphone", undefined)).kind).toBe("audio");
});

test("[N122] opens no other device when an exact one is wanted", async () => {
  const { open, asked } = scene({ "audio!": "OverconstrainedError" });
  await expect(open("microphone", "gone", true)).rejects.toMatchObject({ name: "OverconstrainedError" });
  expect(asked).toEqual(["audio!"]);
});

test("[N91] opens another device when the chosen one is gone", async () => {
  const { open, asked } = scene({ "video!": "OverconstrainedError" });
  expect((await open("camera", "unplugged")).kind).toBe("video");
  expect(asked).toEqual(["video!", "video"]);
});

test.each([
  ["came over plain http", false, "insecure"],
  ["is in a browser that has none", true, "unsupported"],
] as const)("[N92] a page that %s reports why there are no devices", async (_, isSecure, expected) => {
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

test("[N94] choices leave out hidden and duplicate devices", () => {
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
