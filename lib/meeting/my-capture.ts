import { LocalAudioTrack, LocalVideoTrack, Track, TrackEvent } from "livekit-client";
import type { DeviceStatus } from "./devices.ts";
import type { MyTrack } from "./handover.ts";
import { statusOfError } from "./media-error.ts";
import { type CaptureKind, type OpenDevice, constraintsOf } from "./open-devices.ts";

/** What my camera or microphone takes up, whoever it is sent to: an open track, or why there is none. */
export type MyCapture = {
  track: () => MyTrack | undefined;
  status: () => DeviceStatus;
  /** The device in use, while it is. */
  deviceId: () => string | undefined;
  /** Opens the device, or takes up again with the one that is open. @returns whether it runs; if not, the status says why. */
  start: (deviceId: string | undefined) => Promise<boolean>;
  stop: () => Promise<void>;
  /** Takes up with another device; one that is off is opened as that one later. */
  switchTo: (deviceId: string) => Promise<void>;
  /** Takes over a track that is open already. */
  adopt: (opened: MediaStreamTrack) => void;
  /** Goes on with this track instead of the one there is. */
  own: (next: MyTrack) => void;
  dispose: () => void;
};

type Trouble = Exclude<DeviceStatus, "on">;

/** @param tell - Something changed. */
export function createMyCapture(kind: CaptureKind, open: OpenDevice, tell: () => void): MyCapture {
  let track: MyTrack | undefined;
  let trouble: Trouble = "off";
  let isDisposed = false;

  const isOn = () => track !== undefined && !track.isMuted;
  const become = (next: Trouble) => {
    trouble = next;
    tell();
  };
  const own = (next: MyTrack) => {
    track = next;
    // Also when the server mutes me: the SDK follows it, and so does the button.
    track.on(TrackEvent.Muted, tell).on(TrackEvent.Unmuted, tell);
    become("off");
  };

  return {
    track: () => track,
    status: () => (trouble === "off" && isOn() ? "on" : trouble),
    deviceId: () => (isOn() ? track?.mediaStreamTrack.getSettings().deviceId : undefined),
    async start(deviceId) {
      if (isDisposed) return false;
      try {
        if (!isOn()) become("starting");
        if (!track) own(wrap(kind, await open(kind, deviceId)));
        else await track.unmute();
        if (isDisposed) track?.stop();
        else become("off"); // nothing is wrong with it: what counts now is the track
        return !isDisposed;
      } catch (error) {
        become(troubleOf(error));
        return false;
      }
    },
    async stop() {
      await track?.mute();
      become("off");
    },
    async switchTo(deviceId) {
      await track?.setDeviceId({ exact: deviceId }).catch((error: unknown) => become(troubleOf(error)));
      tell();
    },
    adopt: (opened) => own(wrap(kind, opened)),
    own,
    dispose() {
      isDisposed = true;
      track?.stop();
    },
  };
}

function troubleOf(error: unknown): Trouble {
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
