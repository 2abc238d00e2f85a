import { LocalAudioTrack, type LocalTrack, LocalVideoTrack } from "livekit-client";
import type { Leg } from "./leg.ts";

/** Where tracks go. */
export type Publisher = Pick<Leg, "publish" | "unpublish" | "isWell">;

export type MyTrack = LocalAudioTrack | LocalVideoTrack;

/** Others need this long, in ms, to get the first picture from the new leg; until then they see the one from the old. */
const OVERLAP_MS = 1_000;

/** Tracks that go on being sent from the leg I am leaving, until others have their successors. */
export type Handover = {
  /**
   * Gives what is to be published elsewhere instead. The camera is not opened anew; but LiveKit's track belongs to one
   * connection, so it is another one on a copy of the same capture.
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
      const successor = copyOf(track);
      // A dead leg shows nothing to anybody, and if it came back the SDK would publish there again.
      if (from.isWell()) left.push({ track, from });
      else void leave({ track, from });
      return successor;
    },
    arrived() {
      clearTimeout(timer);
      if (left.length > 0) timer = setTimeout(() => void end(), OVERLAP_MS);
    },
    end,
  };
}

async function leave({ track, from }: { track: LocalTrack; from: Publisher }): Promise<void> {
  track.stop();
  await from.unpublish(track).catch(() => {}); // the server may have been quicker
}

function copyOf(track: LocalTrack): MyTrack {
  const capture = track.mediaStreamTrack.clone();
  capture.contentHint = track.mediaStreamTrack.contentHint;
  const copy =
    track instanceof LocalVideoTrack
      ? new LocalVideoTrack(capture, track.constraints, track.isUserProvided)
      : new LocalAudioTrack(capture, track.constraints, track.isUserProvided);
  copy.source = track.source;
  return copy;
}
