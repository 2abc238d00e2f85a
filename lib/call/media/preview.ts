import { createStore } from "#lib/live/store.ts";
import type { LocalMedia, Preview } from "./devices.ts";
import { createLevel } from "./mic-level.ts";
import { type LocalDevices, createLocalDevices } from "./local-devices.ts";
import type { OpenDevice } from "./capture.ts";
import { showTrack } from "./show-track.ts";

const takers = new WeakMap<Preview, () => LocalDevices | undefined>();

/**
 * Takes over the devices of a preview as they are. Disposing of the preview no longer ends them. Devices that are already open make
 * joining fast.
 *
 * @returns undefined when they were taken before.
 */
export function takeDevices(preview: Preview): LocalDevices | undefined {
  return takers.get(preview)?.();
}

/**
 * Makes the green room's devices. Opens nothing until a device is switched on.
 *
 * Captures without livekit-client, so that the page before Join stays small.
 */
export function createPreview(open?: OpenDevice): Preview {
  const devices = createLocalDevices(open);
  const { camera, microphone } = devices;
  const describe = (): LocalMedia => ({
    ...devices.media.getSnapshot(),
    screenShare: { status: "off", sound: "none" },
  });
  const media = createStore(describe());
  const unsubscribe = devices.media.subscribe(() => media.set(describe()));
  let isTaken = false;

  const preview: Preview = {
    media,
    level: createLevel(microphone.track),
    setCamera: camera.setOn,
    setMicrophone: microphone.setOn,
    chooseDevice: devices.choose,
    attach: (element) => showTrack(camera.track, element),
    dispose() {
      unsubscribe();
      if (!isTaken) devices.dispose();
    },
  };
  takers.set(preview, () => {
    if (isTaken) return undefined;
    isTaken = true;
    return devices;
  });
  return preview;
}
