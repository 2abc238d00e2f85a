import { LocalAudioTrack, type LocalTrack, LocalVideoTrack, type Track } from "livekit-client";
import type { Leg } from "./leg.ts";

/** Where tracks go. */
export type Publisher = Pick<Leg, "publish" | "unpublish" | "isWell">;

export type MyTrack = LocalAudioTrack | LocalVideoTrack;

/** Others need this long, in ms, to get the first picture from the new leg; until then they see the one from the old. */
const OVERLAP_MS = 1_000;

/** Tracks that go on being sent from the leg I am leaving, until others have their successors. */
export type Handover = {
  /**
   * Gives what is to be published elsewhere instead. LiveKit's track belongs to one connection, so it is another one; what it
   * carries is the same capture.
   */
  succeed: (track: LocalTrack, from: Publisher) => MyTrack;
  /** The successor is published. */
  arrived: () => void;
  /** Ends what is left behind at once: somebody switched it off, and off is off. */
  end: () => Promise<void>;
};

export function createHandover(): Handover {
  let left: { track: LocalTrack; from: Publisher }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = async () => {
    clearTimeout(timer);
    const ending = left;
    left = [];
    await Promise.allSettled(ending.map(leave));
  };
  return {
    succeed(track, from) {
      // A dead leg shows nothing to anybody, and if it came back the SDK would publish there again.
      if (from.isWell()) left.push({ track, from });
      else void leave({ track, from });
      return carry(track.mediaStreamTrack, track.source);
    },
    arrived() {
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
export function carry(capture: MediaStreamTrack, source: Track.Source): MyTrack {
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
