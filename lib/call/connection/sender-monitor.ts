import { type RemoteTrackPublication, type Room, Track } from "livekit-client";
import { type Delivery, type Sample, type Sender, findCutOff, nextDeliveries } from "./sender-stall.ts";

/** Who of those in a room seems to have lost their network. LiveKit says so after 9 s or more; the receiver sees it sooner. */
export type SenderWatch = {
  /** Takes a look at the room's transports into account. */
  sampled: (sample: Sample) => void;
  isCutOff: (identity: string) => boolean;
};

/** @param changed - A participant was cut off, or is there again. */
export function createSenderWatch(room: Pick<Room, "remoteParticipants">, changed: () => void): SenderWatch {
  let deliveries: ReadonlyMap<string, Delivery> = new Map();
  let cutOff: readonly string[] = [];
  let lookedAtMs = 0;
  return {
    sampled(sample) {
      const senders = readSenders(room);
      deliveries = nextDeliveries(deliveries, senders, sample, lookedAtMs);
      lookedAtMs = sample.atMs;
      const before = cutOff;
      cutOff = findCutOff(deliveries, senders, sample);
      if (cutOff.join() !== before.join()) changed();
    },
    isCutOff: (identity) => cutOff.includes(identity),
  };
}

function readSenders({ remoteParticipants }: Pick<Room, "remoteParticipants">): Sender[] {
  return [...remoteParticipants.values()].map(({ identity, trackPublications }) => ({
    identity,
    tracks: [...trackPublications.values()].flatMap(expectedTrack),
  }));
}

/** A shared screen that stands still may send nothing for long, so it tells nothing. */
function expectedTrack(publication: RemoteTrackPublication): string[] {
  const { track, source, isMuted, isEnabled } = publication;
  const isSteady = source === Track.Source.Microphone || source === Track.Source.Camera;
  if (!track || !isSteady || isMuted || !isEnabled || track.streamState === Track.StreamState.Paused) return [];
  return [track.mediaStreamTrack.id];
}
