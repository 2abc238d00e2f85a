import { LocalAudioTrack, LocalVideoTrack, Track, TrackEvent } from "livekit-client";
import type { DeviceStatus } from "./devices.ts";
import { type MyTrack, type Publisher, createHandover } from "./handover.ts";
import { statusOfError } from "./media-error.ts";
import { type CaptureKind, type OpenDevice, constraintsOf } from "./open-devices.ts";

/** A publication that failed (a grant on its way, a connection in between) is tried again after this, in milliseconds. */
const RETRY_MS = 1_500;

/** My camera or microphone in the call. The track is mine and not a leg's: it goes to the home leg, whichever that is. */
export type MyDevice = {
  track: () => MyTrack | undefined;
  status: () => DeviceStatus;
  deviceId: () => string | undefined;
  setOn: (isOn: boolean) => Promise<void>;
  choose: (deviceId: string) => Promise<void>;
  /** Takes over a track that is open already. */
  adopt: (track: MediaStreamTrack) => void;
  /** A host's lock: off and unpublished, and it stays so. */
  setLocked: (isLocked: boolean) => Promise<void>;
  publishOn: (publisher: Publisher | undefined) => Promise<void>;
  dispose: () => void;
};

export function createMyDevice(
  kind: CaptureKind,
  open: OpenDevice,
  chosen: string | undefined,
  tell: () => void,
): MyDevice {
  const handover = createHandover();
  let track: MyTrack | undefined;
  let trouble: Exclude<DeviceStatus, "on"> = "off";
  let wantedId = chosen;
  let isLocked = false;
  let isDisposed = false;
  let publisher: Publisher | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let retry: ReturnType<typeof setTimeout> | undefined;

  const isOn = () => track !== undefined && !track.isMuted;
  const become = (next: typeof trouble) => {
    trouble = next;
    tell();
  };
  const own = (next: MyTrack) => {
    track = next;
    // Also when the server mutes me: the SDK follows it, and so does the button.
    track.on(TrackEvent.Muted, tell).on(TrackEvent.Unmuted, tell);
    become("off");
  };
  const publish = async () => {
    clearTimeout(retry);
    const to = publisher;
    if (!track || !to || track.isMuted || isDisposed) return;
    try {
      await to.publish(track);
      handover.arrived();
    } catch {
      retry = setTimeout(() => void publish(), RETRY_MS);
    }
  };
  const start = async () => {
    if (isLocked || isDisposed) return;
    try {
      if (!isOn()) become("starting");
      if (!track) own(wrap(kind, await open(kind, wantedId)));
      else await track.unmute();
      if (isDisposed) return track?.stop();
      become("off"); // nothing is wrong with it: what counts now is the track
      void publish(); // not waited for: on a bad network the button must still mute
    } catch (error) {
      become(statusFor(error));
    }
  };
  const stop = async () => {
    await Promise.all([track?.mute(), handover.end()]);
    become("off");
  };
  const inTurn = (task: () => unknown) => (queue = queue.then(task, task)) as Promise<void>;

  return {
    track: () => track,
    status: () => (trouble === "off" && isOn() ? "on" : trouble),
    deviceId: () => (isOn() ? track?.mediaStreamTrack.getSettings().deviceId : undefined) ?? wantedId,
    setOn: (wanted) => inTurn(wanted ? start : stop),
    choose(deviceId) {
      wantedId = deviceId;
      return inTurn(async () => {
        await track?.setDeviceId({ exact: deviceId }).catch((error: unknown) => become(statusFor(error)));
        tell();
      });
    },
    adopt: (opened) => own(wrap(kind, opened)),
    setLocked(locked) {
      if (locked === isLocked) return Promise.resolve();
      isLocked = locked;
      return inTurn(async () => {
        if (!locked || !track) return;
        await stop();
        await publisher?.unpublish(track).catch(() => {}); // the server may have been quicker
      });
    },
    publishOn(next) {
      const from = publisher;
      publisher = next;
      if (track && from && next && from !== next) {
        if (track.isMuted) void from.unpublish(track).catch(() => {});
        else own(handover.succeed(track, from));
      }
      return publish();
    },
    dispose() {
      isDisposed = true;
      clearTimeout(retry);
      void handover.end();
      track?.stop();
    },
  };
}

function statusFor(error: unknown): Exclude<DeviceStatus, "on"> {
  const status = statusOfError(error);
  return status === "on" ? "failed" : status;
}

function wrap(kind: CaptureKind, opened: MediaStreamTrack): MyTrack {
  const constraints = constraintsOf(kind, opened.getSettings().deviceId);
  const track =
    kind === "camera"
      ? new LocalVideoTrack(opened, constraints, false)
      : new LocalAudioTrack(opened, constraints, false);
  track.source = kind === "camera" ? Track.Source.Camera : Track.Source.Microphone;
  return track;
}
