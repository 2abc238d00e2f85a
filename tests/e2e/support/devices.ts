import type { BrowserContext } from "@playwright/test";

/**
 * Gives every page of a context a small camera and a plain microphone. Encoding three sizes of a big picture for each person is
 * most of what a story costs; what tests check of media (it flows, it stops, who receives it) does not depend on its size.
 */
export async function useSmallDevices(context: BrowserContext) {
  await context.addInitScript(() => {
    const devices: MediaDevices | undefined = navigator.mediaDevices;
    // The blank page before the first one has none.
    if (!devices) return;
    const open = devices.getUserMedia.bind(devices);
    const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const small = { width: { ideal: 320 }, height: { ideal: 180 } };
    const asked = (constraints: boolean | MediaTrackConstraints | undefined) =>
      typeof constraints === "object" ? constraints : {};
    devices.getUserMedia = ({ audio, video } = {}) =>
      open({
        ...(audio && { audio: { ...asked(audio), ...plain } }),
        ...(video && { video: { ...asked(video), ...small } }),
      });
  });
}

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

/**
 * A busy phone: the browser connects immediately, but the page gets the event only after this long. What the server
 * sends about the page's tracks arrives before the page knows that they are published.
 */
export async function slowDown(context: BrowserContext, byMs: number) {
  await context.addInitScript((delayMs) => {
    const native: (description: RTCSessionDescriptionInit) => Promise<void> =
      RTCPeerConnection.prototype.setRemoteDescription;
    RTCPeerConnection.prototype.setRemoteDescription = async function setRemoteDescription(
      description: RTCSessionDescriptionInit,
    ) {
      await native.call(this, description);
      if (description.type === "answer") await new Promise((resolve) => setTimeout(resolve, delayMs));
    };
  }, byMs);
}
