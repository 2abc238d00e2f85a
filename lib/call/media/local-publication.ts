import { type Track, TrackEvent } from "livekit-client";
import { type OwnTrack, type Publisher, toLiveKitTrack, createTrackHandover } from "./track-handover.ts";
import { createTaskQueue } from "#lib/live/task-queue.ts";

/** A publication that failed (a grant on its way, a connection in between) is tried again after this, in milliseconds. */
const RETRY_MS = 1_500;

/** One device of mine, as far as sending it goes. */
export type Capture = {
  source: Track.Source;
  /** The open track, whichever it is by now. */
  track: () => MediaStreamTrack | undefined;
  isOn: () => boolean;
  /** A host muted it at the server. */
  muted: () => void;
  /** The track may have been stopped by others than the device. */
  check: () => void;
};

/** Sends a device on the home leg, whichever that is, and tries until it is sent. Others see it muted while it is not on. */
export type LocalPublication = {
  /** The device is on or off, or has another track. */
  changed: () => void;
  /** It is to be sent there from now on; until it is, the old place shows the old track. */
  publishOn: (next: Publisher | undefined) => Promise<void>;
  withdraw: () => Promise<void>;
  dispose: () => void;
};

export function createLocalPublication({ source, track, isOn, muted, check }: Capture): LocalPublication {
  const handover = createTrackHandover();
  const inTurn = createTaskQueue();
  let publisher: Publisher | undefined;
  /** What LiveKit sends: it stays while the device changes. */
  let carrier: OwnTrack | undefined;
  /** Each for itself: a leg that died holds up no other. */
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
    // The SDK cannot replace what is on its way; it is replaced once it is there.
    if (sending.has(old) && !old.sender) return;
    if (old.sender && (await old.replaceTrack(open, true).catch(() => undefined))) return;
    if (carrier !== old) return;
    carrier = undefined;
    void unpublish(old, publisher);
  };
  /** Has the carrier carry what is open, muted or not as the device is. */
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
      // A track that could not be sent for long is stopped by the SDK, without a word.
      check();
      retry = setTimeout(() => void send(), RETRY_MS);
    } finally {
      sending.delete(mine);
    }
    // The device may have changed while it was on its way.
    if (isOn() && carrier === mine && mine.mediaStreamTrack !== track()) void inTurn(settle).then(send);
  };

  return {
    changed() {
      // At once, whatever is under way: on a bad network sending takes long, and the button must still mute.
      if (!isOn()) void Promise.all([mute(), handover.end()]);
      void inTurn(settle).then(send, () => {});
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
      return inTurn(settle).then(send);
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

/** Tells the server's mutes from ours. @param byServer - It muted this track. */
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
