import { type Store, createStore } from "#lib/live/store.ts";
import { type TrackEvents, watchTrack } from "./track-events.ts";

/** The open track of a device, followed for as long as it is the one. */
export type HeldTrack = {
  track: Store<MediaStreamTrack | undefined>;
  /** Holds this track from now on, and stops the one before. */
  hold: (next: MediaStreamTrack | undefined) => void;
};

export function createHeldTrack(events: TrackEvents): HeldTrack {
  const track = createStore<MediaStreamTrack | undefined>(undefined);
  let unwatch = () => {};
  const hold = (next: MediaStreamTrack | undefined) => {
    unwatch();
    const before = track.getSnapshot();
    unwatch = next ? watchTrack(next, { ...events, ended }) : () => {};
    track.set(next);
    // Only now: whatever sends it has the new one.
    before?.stop();
  };
  const ended = () => {
    hold(undefined);
    events.ended();
  };
  return { track, hold };
}
