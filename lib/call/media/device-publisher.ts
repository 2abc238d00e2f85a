import { Track, TrackEvent } from "livekit-client";
import { createTaskQueue } from "#lib/live/task-queue.ts";
import type { CaptureKind } from "./capture.ts";
import type { LocalDevice } from "./local-device.ts";
import { type OwnTrack, type Publisher, createTrackHandover, toLiveKitTrack } from "./track-handover.ts";

/** The own camera or microphone in the call: its device, and where it is sent. */
export type DevicePublisher = {
  setOn: (isOn: boolean) => Promise<void>;
  /** A host's lock: switches off, unpublishes, and stays so. */
  setLocked: (isLocked: boolean) => Promise<void>;
  publishOn: (publisher: Publisher | undefined) => Promise<void>;
  dispose: () => void;
};

const SOURCES: Record<CaptureKind, Track.Source> = {
  camera: Track.Source.Camera,
  microphone: Track.Source.Microphone,
};

export function createDevicePublisher(kind: CaptureKind, device: LocalDevice): DevicePublisher {
  let isLocked = false;
  const publication = createLocalPublication({
    source: SOURCES[kind],
    track: device.track.getSnapshot,
    isOn: device.isOn,
    muted: () => void device.setOn(false),
    check: device.check,
  });
  const stops = [device.view, device.track].map((store) => store.subscribe(publication.changed));
  return {
    setOn: (isOn) => (isOn && isLocked ? Promise.resolve() : device.setOn(isOn)),
    async setLocked(locked) {
      if (locked === isLocked) return;
      isLocked = locked;
      if (!locked) return;
      await device.setOn(false);
      await publication.withdraw();
    },
    publishOn: publication.publishOn,
    dispose() {
      for (const stop of stops) stop();
      publication.dispose();
    },
  };
}

/** Publishing that failed (permission under way, connection lost) is retried after this, in milliseconds. */
const RETRY_MS = 1_500;

/** What is needed of a device to send it. */
export type Capture = {
  source: Track.Source;
  /** The open track at this moment. */
  track: () => MediaStreamTrack | undefined;
  isOn: () => boolean;
  /** A host muted it at the server. */
  muted: () => void;
  /** Other code may have stopped the track. */
  check: () => void;
};

/** Publishes a device on the home leg and retries until it is sent. While the device is off, others see it muted. */
export type LocalPublication = {
  /** The device is on or off, or has another track. */
  changed: () => void;
  /** Publishes there from now on. Until that is done, the old leg keeps sending the old track. */
  publishOn: (next: Publisher | undefined) => Promise<void>;
  withdraw: () => Promise<void>;
  dispose: () => void;
};

export function createLocalPublication({ source, track, isOn, muted, check }: Capture): LocalPublication {
  const handover = createTrackHandover();
  const enqueue = createTaskQueue();
  let publisher: Publisher | undefined;
  /** The published LiveKit track. It stays when the device changes. */
  let carrier: OwnTrack | undefined;
  /** Tracks being published. Each for itself, so that a dead leg blocks no other. */
  const sending = new WeakSet<OwnTrack>();
  let retry: ReturnType<typeof setTimeout> | undefined;
  let isDisposed = false;

  const mutes = createMutes((track) => {
    if (track === carrier && isOn()) muted();
  });
  const take = (next: OwnTrack) => {
    carrier = next;
    mutes.watch(next);
    return next;
  };
  const mute = () => mutes.mute(carrier);
  const unpublish = async (sent: OwnTrack | undefined, from: Publisher | undefined) => {
    if (sent) await from?.unpublish(sent).catch(() => {}); // the server may have been quicker
  };
  const replace = async (old: OwnTrack, open: MediaStreamTrack) => {
    // The SDK cannot replace a track that is being published; it is replaced afterwards.
    if (sending.has(old) && !old.sender) return;
    if (old.sender && (await old.replaceTrack(open, true).catch(() => undefined))) return;
    if (carrier !== old) return;
    carrier = undefined;
    void unpublish(old, publisher);
  };
  /** Makes the published track carry the open capture, muted or not as the device is. */
  const settle = async () => {
    const open = track();
    if (!open || isDisposed) return;
    if (carrier && carrier.mediaStreamTrack !== open) await replace(carrier, open);
    const mine = carrier ?? (isOn() ? take(toLiveKitTrack(open, source)) : undefined);
    await (isOn() ? mine?.unmute() : mute());
  };
  const send = async () => {
    clearTimeout(retry);
    const mine = carrier;
    if (!mine || !publisher || isDisposed || sending.has(mine) || !isOn()) return;
    sending.add(mine);
    try {
      await publisher.publish(mine);
      handover.published();
    } catch {
      // The SDK silently stops a track that could not be published for long.
      check();
      retry = setTimeout(() => void send(), RETRY_MS);
    } finally {
      sending.delete(mine);
    }
    // The device may have changed during publishing.
    if (isOn() && carrier === mine && mine.mediaStreamTrack !== track()) void enqueue(settle).then(send);
  };

  return {
    changed() {
      // At once, without queueing: on a bad network publishing takes long, and the button must still mute.
      if (!isOn()) void Promise.all([mute(), handover.end()]);
      void enqueue(settle).then(send, () => {});
    },
    publishOn(next) {
      const from = publisher;
      publisher = next;
      const mine = carrier;
      if (mine && from && next && from !== next) {
        if (isOn()) take(handover.replaceTrack(mine, from));
        else {
          void unpublish(mine, from);
          carrier = undefined;
        }
      }
      return enqueue(settle).then(send);
    },
    async withdraw() {
      const mine = carrier;
      carrier = undefined;
      await unpublish(mine, publisher);
    },
    dispose() {
      isDisposed = true;
      clearTimeout(retry);
      void handover.end();
    },
  };
}

/** Distinguishes the server's mutes from our own. @param byServer - The server muted this track. */
function createMutes(byServer: (track: OwnTrack) => void) {
  let own = 0;
  return {
    watch(track: OwnTrack) {
      track.on(TrackEvent.Muted, () => own === 0 && byServer(track));
    },
    async mute(track: OwnTrack | undefined): Promise<void> {
      if (!track) return;
      own += 1;
      await track.mute().finally(() => (own -= 1));
    },
  };
}
