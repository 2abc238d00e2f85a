import { type LocalTrack, Track, TrackEvent, createLocalScreenTracks } from "livekit-client";
import { troubleOf } from "./capture.ts";
import type { DeviceStatus, LocalMedia } from "./devices.ts";
import { watchTrack } from "./track-events.ts";
import { type Publisher, createTrackHandover } from "./track-handover.ts";

/** The own shared screen, with its sound where the browser captures it. */
export type ScreenShare = {
  describe: () => LocalMedia["screenShare"];
  picture: () => LocalTrack | undefined;
  /** Resolves false when nothing is shared: the picker was closed, or capturing failed. */
  start: () => Promise<boolean>;
  stop: () => Promise<void>;
  /** Mutes the sound of the share, or sends it again after a host muted it. */
  setSoundOn: (isOn: boolean) => Promise<void>;
  /** A host's locks of shares and of microphones. The latter includes the sound of shares. */
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
  /** Picture first: receivers reject share sound without a picture, as it could be a voice behind a lock. */
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
    // Text must stay readable: fewer frames are better than fewer pixels.
    contentHint: "detail",
    selfBrowserSurface: "exclude",
    surfaceSwitching: "include",
  });
}

/** Browsers use one error for a closed picker and for a system that forbids recording. Chrome's message says which. */
function wasPickerClosed(error: unknown): boolean {
  return error instanceof Error && error.name === "NotAllowedError" && !/system/i.test(error.message);
}

type Sound = LocalMedia["screenShare"]["sound"];

/** What a share captures: picture and, where the browser gives it, sound. Each can end on its own. */
export type ShareTracks = {
  picture: () => LocalTrack | undefined;
  sound: () => LocalTrack | undefined;
  /** The picture is frozen: its window is minimised, or the system paused it. */
  isPaused: () => boolean;
  soundState: (isLocked: boolean) => Sound;
  begin: (opened: readonly LocalTrack[]) => void;
  /** These tracks carry the same capture from now on. */
  become: (successors: readonly LocalTrack[]) => void;
  all: () => readonly LocalTrack[];
  /** Stops the sound alone. @returns what was stopped. */
  dropSound: () => LocalTrack | undefined;
  /** Stops everything. @returns what was stopped. */
  end: () => readonly LocalTrack[];
};

export type ShareEvents = {
  changed: () => void;
  /** The browser's own button ended the share. */
  ended: () => void;
  /** Only the sound ended, as it does when a headset is plugged in. */
  soundEnded: () => void;
};

/** The state of a share's sound, as the banner shows it. */
export function soundStateOf(sound: Pick<LocalTrack, "isMuted"> | undefined, isLocked: boolean): Sound {
  if (!sound) return "none";
  if (isLocked) return "locked";
  return sound.isMuted ? "muted" : "on";
}

export function createShareTracks({ changed, ended, soundEnded }: ShareEvents): ShareTracks {
  let tracks: readonly LocalTrack[] = [];
  let isPaused = false;
  let isSoundPaused = false;
  let unwatch = () => {};

  const picture = () => tracks.find(({ kind }) => kind === Track.Kind.Video);
  const sound = () => tracks.find(({ kind }) => kind === Track.Kind.Audio);
  const become = (next: readonly LocalTrack[]) => {
    tracks = next;
    sound()?.on(TrackEvent.Muted, changed).on(TrackEvent.Unmuted, changed);
  };
  /** Mutes the sound while the picture is paused: receivers reject share sound without a picture. */
  const pause = async (isSilenced: boolean) => {
    if (isPaused === isSilenced) return;
    isPaused = isSilenced;
    changed();
    const heard = sound();
    if (isSilenced && heard && !heard.isMuted) {
      isSoundPaused = true;
      await heard.mute();
    } else if (!isSilenced && isSoundPaused) {
      isSoundPaused = false;
      await heard?.unmute();
    }
  };
  const stop = (stopped: readonly LocalTrack[]) => {
    tracks = tracks.filter((track) => !stopped.includes(track));
    for (const track of stopped) track.stop();
    return stopped;
  };

  return {
    picture,
    sound,
    isPaused: () => isPaused,
    soundState: (isLocked) => (isSoundPaused ? "on" : soundStateOf(sound(), isLocked)),
    begin(opened) {
      become(opened);
      const [shown, heard] = [picture()?.mediaStreamTrack, sound()?.mediaStreamTrack];
      const stops = [
        shown && watchTrack(shown, { ended, silenced: (isSilenced) => void pause(isSilenced) }),
        heard && watchTrack(heard, { ended: soundEnded, silenced: () => {} }),
      ];
      unwatch = () => stops.forEach((stopWatching) => stopWatching?.());
    },
    become,
    all: () => tracks,
    dropSound() {
      const heard = sound();
      return heard && stop([heard])[0];
    },
    end() {
      unwatch();
      isPaused = isSoundPaused = false;
      return stop(tracks);
    },
  };
}
