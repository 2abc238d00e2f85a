import { type Store, createStore } from "#lib/live/store.ts";
import type { DeviceStatus } from "./devices.ts";
import { statusOfError } from "./media-error.ts";
import type { CaptureKind, OpenDevice } from "./open-devices.ts";
import { createTurns } from "./turns.ts";

export type PreviewDevice = {
  track: Store<MediaStreamTrack | undefined>;
  status: () => DeviceStatus;
  deviceId: () => string | undefined;
  setOn: (isOn: boolean) => Promise<void>;
  choose: (deviceId: string) => Promise<void>;
  /** Gives the open track away: it is no longer stopped here. */
  take: () => MediaStreamTrack | undefined;
  /** Falls back to another device when the one in use was unplugged. */
  recheck: () => Promise<void>;
};

/** Camera or microphone of the green room. What is asked of it happens in the order asked, the last word wins. */
export function createPreviewDevice(
  kind: CaptureKind,
  open: OpenDevice,
  chosen: string | undefined,
  tell: () => void,
): PreviewDevice {
  const track = createStore<MediaStreamTrack | undefined>(undefined);
  const inTurn = createTurns();
  let status: DeviceStatus = "off";
  let wantedId = chosen;
  let isWanted = false;

  const become = (next: DeviceStatus, nextTrack?: MediaStreamTrack) => {
    track.getSnapshot()?.stop();
    status = next;
    track.set(nextTrack);
    tell();
  };
  const start = async () => {
    if (!isWanted) return;
    become("starting");
    try {
      const opened = await open(kind, wantedId);
      if (!isWanted) {
        opened.stop();
        return become("off");
      }
      opened.addEventListener("ended", () => void (track.getSnapshot() === opened && restart()));
      become("on", opened);
    } catch (error) {
      become(isWanted ? statusOfError(error) : "off");
    }
  };
  const restart = () => inTurn(start);

  return {
    track,
    status: () => status,
    deviceId: () => track.getSnapshot()?.getSettings().deviceId ?? wantedId,
    setOn(isOn) {
      isWanted = isOn;
      return inTurn(() => (isOn ? status !== "on" && start() : become("off")));
    },
    choose(deviceId) {
      wantedId = deviceId;
      return inTurn(() => (isWanted ? start() : tell()));
    },
    take() {
      const given = track.getSnapshot();
      isWanted = false;
      status = "off";
      track.set(undefined);
      return given;
    },
    // Plugging one in mends a missing one, without a click.
    recheck: () => inTurn(() => (isWanted && status === "missing" ? start() : undefined)),
  };
}
