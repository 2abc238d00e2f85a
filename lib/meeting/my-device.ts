import { Track } from "livekit-client";
import type { Device } from "./device.ts";
import type { Publisher } from "./handover.ts";
import { createMyPublication } from "./my-publication.ts";
import type { CaptureKind } from "./open-devices.ts";

/** My camera or microphone in the call: the device as it is, and where it is sent. */
export type MyDevice = {
  setOn: (isOn: boolean) => Promise<void>;
  /** A host's lock: off and unpublished, and it stays so. */
  setLocked: (isLocked: boolean) => Promise<void>;
  publishOn: (publisher: Publisher | undefined) => Promise<void>;
  dispose: () => void;
};

const SOURCES: Record<CaptureKind, Track.Source> = {
  camera: Track.Source.Camera,
  microphone: Track.Source.Microphone,
};

export function createMyDevice(kind: CaptureKind, device: Device): MyDevice {
  let isLocked = false;
  const publication = createMyPublication({
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
