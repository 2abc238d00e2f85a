import type { LocalTrack } from "livekit-client";
import { type Store, createStore } from "#lib/live/store.ts";
import { NO_LOCKS, type SourceLocks } from "#lib/rooms/room.ts";
import { createChosenDevices } from "./chosen-devices.ts";
import { NO_CHOICES, watchDevices } from "./device-choices.ts";
import type { DeviceKind, LocalMedia, Preview } from "./devices.ts";
import type { Publisher } from "./handover.ts";
import { videoFeed } from "./leg-people.ts";
import type { VideoFeed } from "./meeting.ts";
import { rememberedDevices } from "./memory.ts";
import { createMyDevice } from "./my-device.ts";
import { createMyShare } from "./my-share.ts";
import { browserOpener } from "./open-devices.ts";
import { takeTracks } from "./preview.ts";

/** Everything I send, and the pictures of it that I see myself. */
export type MyMedia = {
  media: Store<LocalMedia>;
  feeds: () => VideoFeed[];
  setMicrophone: (isOn: boolean) => Promise<void>;
  setCamera: (isOn: boolean) => Promise<void>;
  setScreenShare: (isOn: boolean) => Promise<boolean>;
  choose: (kind: DeviceKind, deviceId: string) => Promise<void>;
  /** What hosts keep me from sending; all false for hosts. */
  setLocks: (locks: SourceLocks) => void;
  publishOn: (publisher: Publisher | undefined) => Promise<void>;
  dispose: () => void;
};

/** @param myIdentity - Named by my own feeds. */
export function createMyMedia(myIdentity: string, preview: Preview | undefined): MyMedia {
  const chosen = rememberedDevices();
  const open = browserOpener();
  let choices = NO_CHOICES;
  const update = () => media.set(describe());
  const camera = createMyDevice("camera", open, chosen.camera, update);
  const microphone = createMyDevice("microphone", open, chosen.microphone, update);
  const devices = createChosenDevices(camera, microphone, update);
  const share = createMyShare(update);
  const describe = (): LocalMedia => ({
    ...devices.describe(),
    screenShare: { status: share.status() },
    choices,
  });
  const media = createStore<LocalMedia>(describe());
  const watch = watchDevices((found) => {
    choices = found;
    update();
  });
  const taken = preview && takeTracks(preview);
  if (taken?.camera) camera.adopt(taken.camera);
  if (taken?.microphone) microphone.adopt(taken.microphone);

  const feedOf = createFeeds(myIdentity);
  return {
    media,
    feeds: () => [
      ...feedOf("camera", camera.status() === "on" ? camera.track() : undefined),
      ...feedOf("screenShare", share.status() === "on" ? share.picture() : undefined),
    ],
    setMicrophone: (isOn) => microphone.setOn(isOn).then(watch.look),
    setCamera: (isOn) => camera.setOn(isOn).then(watch.look),
    setScreenShare: (isOn) => (isOn ? share.start() : share.stop().then(() => false)),
    choose: devices.choose,
    setLocks(locks) {
      void microphone.setLocked(locks.microphone);
      void camera.setLocked(locks.camera);
      void share.setLocked(locks.screenShare);
    },
    async publishOn(publisher) {
      await Promise.all([camera, microphone, share].map((device) => device.publishOn(publisher)));
    },
    dispose() {
      watch.stop();
      camera.dispose();
      microphone.dispose();
      void share.stop();
    },
  };
}

/** The locks as they concern somebody of this role. */
export function locksFor(isModerator: boolean, locks: SourceLocks): SourceLocks {
  return isModerator ? NO_LOCKS : locks;
}

/** Keeps one feed object per track. */
function createFeeds(identity: string) {
  const known = new WeakMap<LocalTrack, VideoFeed>();
  return (source: VideoFeed["source"], track: LocalTrack | undefined): VideoFeed[] => {
    if (!track) return [];
    const feed = known.get(track) ?? videoFeed(`me:${source}:${track.id}`, identity, source, track);
    known.set(track, feed);
    return [feed];
  };
}
