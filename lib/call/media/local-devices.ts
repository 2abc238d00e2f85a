import { reuse } from "#lib/live/reuse.ts";
import { type Store, createStore } from "#lib/live/store.ts";
import { saveDevice, savedDevice } from "../saved-state.ts";
import { type CaptureKind, type OpenDevice, browserOpener } from "./capture.ts";
import { NO_CHOICES, canHoldTwo, isSpeakerChoosable, watchDevices } from "./device-list.ts";
import type { DeviceChoice, DeviceKind, DeviceNews, DeviceNewsItem, LocalMedia } from "./devices.ts";
import { type LocalDevice, createLocalDevice } from "./local-device.ts";
import { type Speaker, createSpeaker } from "./speaker.ts";
import { isFacingUser } from "./track-events.ts";

/** The own camera, microphone and speaker. The green room makes them, and the call takes them over as they are. */
export type LocalDevices = {
  camera: LocalDevice;
  microphone: LocalDevice;
  speaker: Speaker;
  media: Store<Described>;
  /** Saves the choice for the next meeting, too. */
  choose: (kind: DeviceKind, deviceId: string) => Promise<void>;
  dispose: () => void;
};

type Described = Omit<LocalMedia, "screenShare">;

/** The screen shows the newest few. */
const MOST_NEWS = 6;
let newsCount = 0;

export function createLocalDevices(open: OpenDevice = browserOpener()): LocalDevices {
  let choices = NO_CHOICES;
  let news: readonly DeviceNewsItem[] = [];
  const update = () => media.set(describe(media.getSnapshot()));
  const addNews = (kind: DeviceKind) => (item: DeviceNews) => {
    newsCount += 1;
    news = [...news, { ...item, kind, id: newsCount }].slice(-MOST_NEWS);
    update();
  };
  const make = (kind: CaptureKind) =>
    createLocalDevice(
      kind,
      open,
      { chosen: savedDevice(kind), canHoldTwo: canHoldTwo(kind, globalThis.navigator?.userAgent ?? "") },
      { opened: () => watch.refresh(), chosen: (choice) => saveDevice(kind, choice), news: addNews(kind) },
    );
  const [camera, microphone] = [make("camera"), make("microphone")];
  const speaker = createSpeaker(savedDevice("speaker"), {
    chosen: (choice) => saveDevice("speaker", choice),
    news: addNews("speaker"),
  });
  const describe = (before?: Described): Described =>
    reuse(before, {
      camera: reuse(before?.camera, { ...camera.view.getSnapshot(), isMirrored: isMirrored(camera) }),
      microphone: microphone.view.getSnapshot(),
      speaker: reuse(before?.speaker, {
        deviceId: speaker.deviceId.getSnapshot() || undefined,
        isChoosable: isSpeakerChoosable(),
      }),
      choices,
      news,
    });
  const media = createStore(describe());
  const watch = watchDevices(({ choices: found, counts }) => {
    if (JSON.stringify(found) !== JSON.stringify(choices)) choices = found;
    camera.listed(found.camera, counts.camera);
    microphone.listed(found.microphone, counts.microphone);
    speaker.listed(found.speaker);
    update();
  });
  const stops = [camera.view, microphone.view, speaker.deviceId, camera.track].map((store) => store.subscribe(update));

  return {
    camera,
    microphone,
    speaker,
    media,
    async choose(kind, deviceId) {
      const choice: DeviceChoice = choices[kind].find((one) => one.deviceId === deviceId) ?? { deviceId, label: "" };
      if (kind === "speaker") return speaker.choose(choice);
      return { camera, microphone }[kind].choose(choice);
    },
    dispose() {
      watch.stop();
      for (const stop of stops) stop();
      camera.dispose();
      microphone.dispose();
    },
  };
}

function isMirrored({ track }: LocalDevice): boolean {
  const open = track.getSnapshot();
  return open === undefined || isFacingUser(open.getSettings(), open.label);
}
