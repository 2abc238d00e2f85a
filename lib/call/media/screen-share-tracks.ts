import { type LocalTrack, Track, TrackEvent } from "livekit-client";
import type { LocalMedia } from "./devices.ts";
import { watchTrack } from "./track-events.ts";

type Sound = LocalMedia["screenShare"]["sound"];

/** What a share captures: a picture, and sound where the browser gives it. Each ends for itself. */
export type ShareTracks = {
  picture: () => LocalTrack | undefined;
  sound: () => LocalTrack | undefined;
  /** The picture stands still, because its window was minimised or the system paused it. */
  isPaused: () => boolean;
  soundState: (isLocked: boolean) => Sound;
  begin: (opened: readonly LocalTrack[]) => void;
  /** Others carry the same capture from now on. */
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

/** The sound of a share, as the banner tells it. */
export function soundStateOf(sound: Pick<LocalTrack, "isMuted"> | undefined, isLocked: boolean): Sound {
  if (!sound) return "none";
  if (isLocked) return "locked";
  return sound.isMuted ? "muted" : "on";
}

export function createShareTracks({ changed, ended, soundEnded }: ShareEvents): ShareTracks {
  let tracks: readonly LocalTrack[] = [];
  let isPaused = false;
  let isSoundResting = false;
  let unwatch = () => {};

  const picture = () => tracks.find(({ kind }) => kind === Track.Kind.Video);
  const sound = () => tracks.find(({ kind }) => kind === Track.Kind.Audio);
  const become = (next: readonly LocalTrack[]) => {
    tracks = next;
    sound()?.on(TrackEvent.Muted, changed).on(TrackEvent.Unmuted, changed);
  };
  /** The sound rests with the picture, or it would be taken for a voice that hides behind a share. */
  const pause = async (isSilenced: boolean) => {
    if (isPaused === isSilenced) return;
    isPaused = isSilenced;
    changed();
    const heard = sound();
    if (isSilenced && heard && !heard.isMuted) {
      isSoundResting = true;
      await heard.mute();
    } else if (!isSilenced && isSoundResting) {
      isSoundResting = false;
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
    soundState: (isLocked) => (isSoundResting ? "on" : soundStateOf(sound(), isLocked)),
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
      isPaused = isSoundResting = false;
      return stop(tracks);
    },
  };
}
