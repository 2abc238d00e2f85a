import type { LocalTrack } from "livekit-client";
import { reuse } from "#lib/live/reuse.ts";
import { type Store, createStore } from "#lib/live/store.ts";
import { NO_LOCKS, type SourceLocks } from "#lib/rooms/room.ts";
import type { DeviceKind, LocalMedia, Preview } from "./devices.ts";
import type { Publisher } from "./track-handover.ts";
import { videoFeed } from "../roster/read-participants.ts";
import type { VideoFeed } from "../meeting.ts";
import { createDevicePublisher } from "./device-publisher.ts";
import { type LocalDevices, createLocalDevices } from "./local-devices.ts";
import { createScreenShare } from "./screen-share.ts";
import { takeDevices } from "./preview.ts";
import { showTrack } from "./show-track.ts";

/** Everything this participant sends, and the own pictures to show. */
export type LocalMember = {
  media: Store<LocalMedia>;
  speaker: LocalDevices["speaker"];
  feeds: () => VideoFeed[];
  setMicrophone: (isOn: boolean) => Promise<void>;
  setCamera: (isOn: boolean) => Promise<void>;
  setScreenShare: (isOn: boolean) => Promise<boolean>;
  setShareSound: (isOn: boolean) => Promise<void>;
  choose: (kind: DeviceKind, deviceId: string) => Promise<void>;
  /** The sources this participant may not send; none for moderators. */
  setLocks: (locks: SourceLocks) => void;
  publishOn: (publisher: Publisher | undefined) => Promise<void>;
  dispose: () => void;
};

/** @param myIdentity - The identity of the own feeds. */
export function createLocalMember(myIdentity: string, preview: Preview | undefined): LocalMember {
  const devices = (preview && takeDevices(preview)) ?? createLocalDevices();
  devices.microphone.stayOpen();
  const camera = createDevicePublisher("camera", devices.camera);
  const microphone = createDevicePublisher("microphone", devices.microphone);
  let isOver = false;
  // After the end the last state stays: a reload restores it.
  const update = () => isOver || media.set(describe(media.getSnapshot()));
  const share = createScreenShare(update);
  const describe = (before?: LocalMedia): LocalMedia =>
    reuse(before, {
      ...devices.media.getSnapshot(),
      screenShare: reuse(before?.screenShare, share.describe()),
    });
  const media = createStore<LocalMedia>(describe());
  const unsubscribe = devices.media.subscribe(update);

  const shareFeedOf = createShareFeeds(myIdentity);
  const cameraFeed: VideoFeed = {
    id: "me:camera",
    identity: myIdentity,
    source: "camera",
    attach: (element) => showTrack(devices.camera.track, element),
  };
  return {
    media,
    speaker: devices.speaker,
    feeds: () => [
      ...(devices.camera.isOn() ? [cameraFeed] : []),
      ...shareFeedOf(share.describe().status === "on" ? share.picture() : undefined),
    ],
    setMicrophone: microphone.setOn,
    setCamera: camera.setOn,
    setScreenShare: (isOn) => (isOn ? share.start() : share.stop().then(() => false)),
    setShareSound: share.setSoundOn,
    choose: devices.choose,
    setLocks(locks) {
      void microphone.setLocked(locks.microphone);
      void camera.setLocked(locks.camera);
      void share.setLocked(locks.screenShare, locks.microphone);
    },
    async publishOn(publisher) {
      await Promise.all([camera, microphone, share].map((device) => device.publishOn(publisher)));
    },
    dispose() {
      isOver = true;
      unsubscribe();
      camera.dispose();
      microphone.dispose();
      devices.dispose();
      void share.stop();
    },
  };
}

/** The locks as they apply to a role. */
export function locksFor(isModerator: boolean, locks: SourceLocks): SourceLocks {
  return isModerator ? NO_LOCKS : locks;
}

/** Keeps one feed object per track. */
function createShareFeeds(identity: string) {
  const known = new WeakMap<LocalTrack, VideoFeed>();
  return (track: LocalTrack | undefined): VideoFeed[] => {
    if (!track) return [];
    const feed = known.get(track) ?? videoFeed(`me:screenShare:${track.id}`, identity, "screenShare", track);
    known.set(track, feed);
    return [feed];
  };
}
