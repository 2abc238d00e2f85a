import { Track } from "livekit-client";
import type { LocalDevice } from "./local-device.ts";
import type { Publisher } from "./track-handover.ts";
import { createLocalPublication } from "./local-publication.ts";
import type { CaptureKind } from "./capture.ts";

/** My camera or microphone in the call: the device as it is, and where it is sent. */
export type DevicePublisher = {
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
