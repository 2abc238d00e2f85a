import { LocalAudioTrack, type LocalTrack, LocalVideoTrack, type Track } from "livekit-client";
import type { Leg } from "../connection/leg.ts";

/** Where tracks go. */
export type Publisher = Pick<Leg, "publish" | "unpublish" | "isWell">;

export type OwnTrack = LocalAudioTrack | LocalVideoTrack;

/** Others need this long, in ms, to get the first picture from the new leg; until then they see the one from the old. */
const OVERLAP_MS = 1_000;

/** Tracks that go on being sent from the leg I am leaving, until others have their successors. */
export type TrackHandover = {
  /**
   * Gives what is to be published elsewhere instead. LiveKit's track belongs to one connection, so it is another one; what it
   * carries is the same capture.
   */
  replaceTrack: (track: LocalTrack, from: Publisher) => OwnTrack;
  /** The successor is published. */
  published: () => void;
  /** Ends what is left behind at once: somebody switched it off, and off is off. */
  end: () => Promise<void>;
};

export function createTrackHandover(): TrackHandover {
  let left: { track: LocalTrack; from: Publisher }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = async () => {
    clearTimeout(timer);
    const ending = left;
    left = [];
    await Promise.allSettled(ending.map(leave));
  };
  return {
    replaceTrack(track, from) {
      // A dead leg shows nothing to anybody, and if it came back the SDK would publish there again.
      if (from.isWell()) left.push({ track, from });
      else void leave({ track, from });
      return toLiveKitTrack(track.mediaStreamTrack, track.source);
    },
    published() {
      clearTimeout(timer);
      if (left.length > 0) timer = setTimeout(() => void end(), OVERLAP_MS);
    },
    end,
  };
}

/**
 * LiveKit's track for a capture of ours. To the SDK it is "user provided": it neither opens nor stops devices, so that nothing
 * but our own state of the device decides on them.
 */
export function toLiveKitTrack(capture: MediaStreamTrack, source: Track.Source): OwnTrack {
  const track =
    capture.kind === "video"
      ? new LocalVideoTrack(capture, undefined, true)
      : new LocalAudioTrack(capture, undefined, true);
  track.source = source;
  return track;
}

async function leave({ track, from }: { track: LocalTrack; from: Publisher }): Promise<void> {
  await from.unpublish(track).catch(() => {}); // the server may have been quicker
}
