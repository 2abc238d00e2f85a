import { createStore } from "#lib/live/store.ts";
import { createChosenDevices } from "./chosen-devices.ts";
import { NO_CHOICES, watchDevices } from "./device-choices.ts";
import type { LocalMedia, Preview } from "./devices.ts";
import { createLevel } from "./mic-level.ts";
import { rememberedDevices } from "./memory.ts";
import { type OpenDevice, browserOpener } from "./open-devices.ts";
import { type PreviewDevice, createPreviewDevice } from "./preview-device.ts";

/** What the green room hands over: open tracks, to be published as they are. */
export type PreviewTracks = { camera: MediaStreamTrack | undefined; microphone: MediaStreamTrack | undefined };

const takers = new WeakMap<Preview, () => PreviewTracks>();

/**
 * Takes over the tracks of a preview, which neither shows nor stops them from then on.
 * Entering with tracks that are open already is what makes Join quick.
 */
export function takeTracks(preview: Preview): PreviewTracks {
  return takers.get(preview)?.() ?? { camera: undefined, microphone: undefined };
}

/**
 * Opens the green room; asks for nothing until a device is switched on.
 *
 * It captures with the browser's own means and not with livekit-client, so that the page before Join stays small.
 */
export function createPreview(open: OpenDevice = browserOpener()): Preview {
  const chosen = rememberedDevices();
  const update = () => {
    media.set(describe());
    watch.look();
  };
  let choices: LocalMedia["choices"] = NO_CHOICES;
  const camera = createPreviewDevice("camera", open, chosen.camera, update);
  const microphone = createPreviewDevice("microphone", open, chosen.microphone, update);
  const devices = createChosenDevices(camera, microphone, () => media.set(describe()));
  const describe = (): LocalMedia => ({
    ...devices.describe(),
    screenShare: { status: "off" },
    choices,
  });
  const media = createStore<LocalMedia>(describe());
  const watch = watchDevices((found) => {
    if (JSON.stringify(found) === JSON.stringify(choices)) return;
    choices = found;
    media.set(describe());
    void camera.recheck();
    void microphone.recheck();
  });

  const preview: Preview = {
    media,
    level: createLevel(microphone.track),
    setCamera: camera.setOn,
    setMicrophone: microphone.setOn,
    chooseDevice: devices.choose,
    attach: (element) => show(camera, element),
    dispose() {
      watch.stop();
      void camera.setOn(false);
      void microphone.setOn(false);
    },
  };
  takers.set(preview, () => ({ camera: camera.take(), microphone: microphone.take() }));
  return preview;
}

/** Shows the camera in the element, whichever track it is. */
function show(camera: PreviewDevice, element: HTMLVideoElement): () => void {
  const put = () => {
    const track = camera.track.getSnapshot();
    element.srcObject = track ? new MediaStream([track]) : null;
    if (track) element.play().catch(() => {}); // an element removed at once rejects; there is nobody to tell
  };
  element.muted = true;
  element.playsInline = true;
  put();
  const unsubscribe = camera.track.subscribe(put);
  return () => {
    unsubscribe();
    element.srcObject = null;
  };
}
