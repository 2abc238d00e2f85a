import type { DeviceStatus } from "./devices.ts";
import type { MyTrack, Publisher } from "./handover.ts";
import { createMyCapture } from "./my-capture.ts";
import { createMyPublication } from "./my-publication.ts";
import type { CaptureKind, OpenDevice } from "./open-devices.ts";
import { createTurns } from "./turns.ts";

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

/** What is asked of it happens in the order asked; only sending is not waited for. */
export function createMyDevice(
  kind: CaptureKind,
  open: OpenDevice,
  chosen: string | undefined,
  tell: () => void,
): MyDevice {
  const capture = createMyCapture(kind, open, tell);
  const publication = createMyPublication(capture.track);
  const inTurn = createTurns();
  let wantedId = chosen;
  let isLocked = false;

  const start = async () => {
    if (isLocked) return;
    // On a bad network sending takes long, and the button must still mute.
    if (await capture.start(wantedId)) void publication.send();
  };
  const stop = async () => void (await Promise.all([capture.stop(), publication.endOld()]));

  return {
    track: capture.track,
    status: capture.status,
    deviceId: () => capture.deviceId() ?? wantedId,
    setOn: (wanted) => inTurn(wanted ? start : stop),
    choose(deviceId) {
      wantedId = deviceId;
      return inTurn(() => capture.switchTo(deviceId));
    },
    adopt: capture.adopt,
    setLocked(locked) {
      if (locked === isLocked) return Promise.resolve();
      isLocked = locked;
      return inTurn(async () => {
        if (!locked || !capture.track()) return;
        await stop();
        await publication.withdraw();
      });
    },
    publishOn(next) {
      const successor = publication.moveTo(next);
      if (successor) capture.own(successor);
      return publication.send();
    },
    dispose() {
      publication.dispose();
      capture.dispose();
    },
  };
}
