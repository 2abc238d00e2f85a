import { type LocalTrack, createLocalScreenTracks } from "livekit-client";
import type { DeviceStatus, LocalMedia } from "./devices.ts";
import { type Publisher, createTrackHandover } from "./track-handover.ts";
import { troubleOf } from "./media-error.ts";
import { createShareTracks } from "./screen-share-tracks.ts";

/** My screen in the call, with its sound where the browser gives it. */
export type ScreenShare = {
  describe: () => LocalMedia["screenShare"];
  picture: () => LocalTrack | undefined;
  /** Resolves false when nothing is shared: the picker was closed, or the browser could not. */
  start: () => Promise<boolean>;
  stop: () => Promise<void>;
  /** Mutes the sound of the share, or sends it again after a host muted it. */
  setSoundOn: (isOn: boolean) => Promise<void>;
  /** A host's locks: of shares, and of microphones, which takes the sound of shares along. */
  setLocked: (isLocked: boolean, isSoundLocked: boolean) => Promise<void>;
  publishOn: (publisher: Publisher | undefined) => Promise<void>;
};

export function createScreenShare(tell: () => void, open: () => Promise<LocalTrack[]> = openScreen): ScreenShare {
  const handover = createTrackHandover();
  const share = createShareTracks({
    changed: tell,
    ended: () => void stop(),
    soundEnded: () => void dropSound(),
  });
  let status: DeviceStatus = "off";
  let isLocked = false;
  let isSoundLocked = false;
  let publisher: Publisher | undefined;

  const become = (next: DeviceStatus) => {
    status = next;
    tell();
  };
  /** The picture first: sound without it is taken for a voice that hides. */
  const publish = async () => {
    const [shown, heard] = [share.picture(), share.sound()];
    if (shown) await publisher?.publish(shown);
    // A share without its sound is better than none.
    if (heard && !isSoundLocked) await publisher?.publish(heard).catch(dropSound);
    handover.published();
  };
  const dropSound = async () => {
    const dropped = share.dropSound();
    tell();
    if (dropped) await publisher?.unpublish(dropped).catch(() => {}); // the SDK may have been quicker
  };
  const stop = async () => {
    const ended = share.end();
    become("off");
    await Promise.allSettled([handover.end(), ...ended.map((track) => publisher?.unpublish(track))]);
  };

  return {
    describe: () => ({
      status: status === "on" && share.isPaused() ? "silenced" : status,
      sound: share.soundState(isSoundLocked),
    }),
    picture: share.picture,
    async start() {
      if (isLocked || status === "on" || status === "starting") return status === "on";
      become("starting");
      try {
        share.begin(await open());
        if (isLocked) await stop();
        else await publish();
        if (share.all().length === 0) return false;
        become("on");
        return true;
      } catch (error) {
        await stop();
        become(wasPickerClosed(error) ? "off" : troubleOf(error));
        return false;
      }
    },
    stop,
    async setSoundOn(isOn) {
      await (isOn ? share.sound()?.unmute() : share.sound()?.mute());
    },
    async setLocked(next, nextSound) {
      const wasSoundLocked = isSoundLocked;
      [isLocked, isSoundLocked] = [next, nextSound];
      if (next && share.all().length > 0) return stop();
      const heard = share.sound();
      if (!heard || wasSoundLocked === nextSound) return undefined;
      tell();
      return nextSound ? publisher?.unpublish(heard).catch(() => {}) : publish().catch(() => {});
    },
    async publishOn(next) {
      const from = publisher;
      publisher = next;
      if (from && next && from !== next) {
        share.become(share.all().map((track) => handover.replaceTrack(track, from)));
        tell();
      }
      await publish().catch(stop);
    },
  };
}

function openScreen(): Promise<LocalTrack[]> {
  return createLocalScreenTracks({
    audio: true,
    // Text must stay readable: rather fewer frames than fewer pixels.
    contentHint: "detail",
    selfBrowserSurface: "exclude",
    surfaceSwitching: "include",
  });
}

/** Browsers use one error for a closed picker and for a system that forbids recording; Chrome says which in its text. */
function wasPickerClosed(error: unknown): boolean {
  return error instanceof Error && error.name === "NotAllowedError" && !/system/i.test(error.message);
}
