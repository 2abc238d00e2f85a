import { LocalAudioTrack, type LocalTrack, LocalVideoTrack, type Track } from "livekit-client";
import type { Leg } from "../connection/leg.ts";

/** The leg that tracks are published on. */
export type Publisher = Pick<Leg, "publish" | "unpublish" | "isWell">;

export type OwnTrack = LocalAudioTrack | LocalVideoTrack;

/** Others need this long, in ms, for the first frame from the new leg. Until then they see the old leg's. */
const OVERLAP_MS = 1_000;

/** Keeps sending tracks from the leg being left until others receive their successors. */
export type TrackHandover = {
  /**
   * Gives the track to publish on the new leg. A LiveKit track belongs to one connection, so it is a new one with the same
   * capture.
   */
  replaceTrack: (track: LocalTrack, from: Publisher) => OwnTrack;
  /** The successor is published. */
  published: () => void;
  /** Ends the old tracks at once, because the device was switched off. */
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
      // A dead leg sends nothing, and if it came back the SDK would publish there again.
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
 * Wraps a capture as a LiveKit track that is "user provided": the SDK then neither opens nor stops devices, and only our own state
 * of the device decides.
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
