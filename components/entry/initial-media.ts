import { type Preview, isWantedOn } from "#lib/call/media/devices.ts";

/** Which devices are on when the user joins. */
export type InitialMedia = { isMicrophoneOn: boolean; isCameraOn: boolean };

/** A camera starts in a second or two; an unanswered permission prompt never ends. */
const PATIENCE_MS = 3_000;

/** Switches on what is wanted, and gives up waiting for it after a while: entering matters more. */
export async function applyInitialMedia(preview: Preview, { isMicrophoneOn, isCameraOn }: InitialMedia): Promise<void> {
  const both = Promise.allSettled([preview.setMicrophone(isMicrophoneOn), preview.setCamera(isCameraOn)]);
  await Promise.race([both, later()]);
}

/** Waits for what is starting, so that it is taken along into the meeting. */
export async function untilDevicesReady(preview: Preview): Promise<void> {
  if (!isStarting(preview)) return;
  let stop = () => {};
  const done = new Promise<void>((resolve) => {
    stop = preview.media.subscribe(() => void (isStarting(preview) || resolve()));
  });
  await Promise.race([done, later()]);
  stop();
}

/** What is on now or is starting. */
export function currentMedia({ media }: Pick<Preview, "media">): InitialMedia {
  const { microphone, camera } = media.getSnapshot();
  return { isMicrophoneOn: isWantedOn(microphone.status), isCameraOn: isWantedOn(camera.status) };
}

function isStarting({ media }: Preview): boolean {
  const { microphone, camera } = media.getSnapshot();
  return microphone.status === "starting" || camera.status === "starting";
}

function later(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
}
