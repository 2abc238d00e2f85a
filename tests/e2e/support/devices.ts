import type { BrowserContext } from "@playwright/test";

export type DeviceFault = "denied" | "missing";

/**
 * Makes camera, microphone or both fail in every page of a context as a browser would: refused by the person, or not there.
 *
 * The fake devices of a test browser cannot be unplugged one by one, so the browser's answer is replaced and nothing else.
 */
export async function breakDevices(
  context: BrowserContext,
  faults: { camera?: DeviceFault; microphone?: DeviceFault },
) {
  await context.addInitScript(({ camera, microphone }) => {
    const devices: MediaDevices | undefined = navigator.mediaDevices;
    // The blank page before the first one has none.
    if (!devices) return;
    const open = devices.getUserMedia.bind(devices);
    const list = devices.enumerateDevices.bind(devices);
    const nameOf = { denied: "NotAllowedError", missing: "NotFoundError" };
    devices.getUserMedia = (constraints = {}) => {
      const fault = (constraints.video && camera) || (constraints.audio && microphone);
      return fault ? Promise.reject(new DOMException("test", nameOf[fault])) : open(constraints);
    };
    devices.enumerateDevices = async () =>
      (await list()).filter(
        ({ kind }) =>
          !(camera === "missing" && kind === "videoinput") && !(microphone === "missing" && kind === "audioinput"),
      );
  }, faults);
}
