import { type RemoteTrackPublication, type Room, Track } from "livekit-client";
import { SUSPENDED_MS } from "./stall-detector.ts";

/** A track that should deliver: how many packets arrived, and when the count last grew. */
export type Delivery = { packets: number; grewAtMs: number };
/** A participant, and the ids of their tracks that should deliver: neither muted nor paused. */
export type Sender = { identity: string; tracks: readonly string[] };
/** One sample of a leg: when it was taken, when the server last sent anything, and each track's packet count. */
export type ReceiveSample = { atMs: number; lastReceivedAtMs: number; packets: ReadonlyMap<string, number> };

/**
 * No packets of any of a participant's tracks for this long, in ms. A voice sends every 0.4 s or more often, a camera several times a
 * second; on a busy machine healthy senders paused for up to 2 s. With sampling the sign appears within 5 s.
 */
const CUT_OFF_MS = 3_000;
/** The server sent something this much later, in ms, than the participant's last packet: so it is not this browser's network. */
const SERVER_SINCE_MS = 500;

/**
 * Gives the deliveries after another sample. A track's time starts when it is first expected, and starts again after missed samples:
 * a suspended tab misses packets, which is not the sender's fault.
 */
export function nextDeliveries(
  before: ReadonlyMap<string, Delivery>,
  senders: readonly Sender[],
  { atMs, packets }: ReceiveSample,
  sampledAtMs: number,
): Map<string, Delivery> {
  const wasSuspended = atMs - sampledAtMs > SUSPENDED_MS;
  const next = new Map<string, Delivery>();
  for (const { tracks } of senders) {
    for (const track of tracks) {
      const known = before.get(track);
      const count = packets.get(track) ?? 0;
      const isUnchanged = known !== undefined && !wasSuspended && known.packets === count;
      next.set(track, isUnchanged ? known : { packets: count, grewAtMs: atMs });
    }
  }
  return next;
}

/** Identities of participants whose network seems cut: they should send, nothing arrives, and the server is there. */
export function findCutOff(
  deliveries: ReadonlyMap<string, Delivery>,
  senders: readonly Sender[],
  { atMs, lastReceivedAtMs }: ReceiveSample,
): string[] {
  return senders.flatMap(({ identity, tracks }) => {
    const times = tracks.flatMap((track) => deliveries.get(track)?.grewAtMs ?? []);
    const lastAtMs = Math.max(...times);
    const isCutOff =
      times.length > 0 && atMs - lastAtMs >= CUT_OFF_MS && lastReceivedAtMs - lastAtMs >= SERVER_SINCE_MS;
    return isCutOff ? [identity] : [];
  });
}

/** Which participants of a room seem to have lost their network. LiveKit says so after 9 s or more; the receiver sees it sooner. */
export type SenderMonitor = {
  sampled: (sample: ReceiveSample) => void;
  isCutOff: (identity: string) => boolean;
};

/** @param changed - A participant was cut off, or is back. */
export function createSenderMonitor(room: Pick<Room, "remoteParticipants">, changed: () => void): SenderMonitor {
  let deliveries: ReadonlyMap<string, Delivery> = new Map();
  let cutOff: readonly string[] = [];
  let sampledAtMs = 0;
  return {
    sampled(sample) {
      const senders = readSenders(room);
      deliveries = nextDeliveries(deliveries, senders, sample, sampledAtMs);
      sampledAtMs = sample.atMs;
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

/** Leaves out shared screens: one that stands still may send nothing for long. */
function expectedTrack(publication: RemoteTrackPublication): string[] {
  const { track, source, isMuted, isEnabled } = publication;
  const isSteady = source === Track.Source.Microphone || source === Track.Source.Camera;
  if (!track || !isSteady || isMuted || !isEnabled || track.streamState === Track.StreamState.Paused) return [];
  return [track.mediaStreamTrack.id];
}
