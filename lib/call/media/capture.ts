import type { DeviceTrouble } from "./devices.ts";

/** Devices that are captured; speakers are only chosen. */
export type CaptureKind = "microphone" | "camera";

/** Opens the wanted device, or the browser's choice when it is gone; with `isExact` the wanted one or none. */
export type OpenDevice = (
  kind: CaptureKind,
  deviceId: string | undefined,
  isExact?: boolean,
) => Promise<MediaStreamTrack>;

/** The part of `navigator.mediaDevices` in use; undefined where the browser has none. */
export type Capturing = Pick<MediaDevices, "getUserMedia"> | undefined;
export type Permissions =
  { query: (name: { name: PermissionName }) => Promise<Pick<PermissionStatus, "state">> } | undefined;

/** The SDK's own defaults for capturing. */
const AUDIO = { autoGainControl: true, echoCancellation: true, noiseSuppression: true };
const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 } };

type Wanted = {
  deviceId: string | undefined;
  isExact: boolean;
  resolve: (track: MediaStreamTrack) => void;
  reject: (error: unknown) => void;
};
type Batch = ReadonlyMap<CaptureKind, Wanted>;

/**
 * Opens devices. A camera and microphone wanted at the same time are one permission prompt, if the browser will prompt. Otherwise, or
 * when one of the two fails, they are opened one by one, so that one works while the other fails or never answers.
 *
 * @param isSecure - The page came over https, or from this machine.
 */
export function createOpener(media: Capturing, permissions: Permissions, isSecure = true): OpenDevice {
  let wanted = new Map<CaptureKind, Wanted>();
  const flush = async () => {
    const batch = wanted;
    wanted = new Map();
    if (!media) return rejectAll(batch, new NoDevicesError(isSecure ? "unsupported" : "insecure"));
    const mayPrompt = batch.size > 1 && (await willPrompt(permissions));
    if (mayPrompt && (await openTogether(media, permissions, batch))) return;
    for (const [kind, one] of batch) void openOne(media, kind, one).then(one.resolve, one.reject);
  };
  return (kind, deviceId, isExact = false) =>
    new Promise((resolve, reject) => {
      if (wanted.size === 0) queueMicrotask(() => void flush());
      wanted.set(kind, { deviceId, isExact, resolve, reject });
    });
}

/** @returns whether all were opened or refused. */
async function openTogether(media: NonNullable<Capturing>, permissions: Permissions, batch: Batch): Promise<boolean> {
  try {
    const stream = await media.getUserMedia({
      audio: audioOf(batch.get("microphone")?.deviceId, "ideal"),
      video: videoOf(batch.get("camera")?.deviceId, "ideal"),
    });
    batch.get("microphone")?.resolve(first(stream.getAudioTracks()));
    batch.get("camera")?.resolve(first(stream.getVideoTracks()));
    return true;
  } catch (error) {
    // Otherwise each is tried alone: only one of them may have been refused.
    if (!wasPromptDismissed(error)) return false;
    rejectAll(batch, error);
    return true;
  }
}

function rejectAll(batch: Batch, error: unknown): void {
  for (const { reject } of batch.values()) reject(error);
}

async function openOne(
  media: NonNullable<Capturing>,
  kind: CaptureKind,
  { deviceId, isExact }: Pick<Wanted, "deviceId" | "isExact">,
): Promise<MediaStreamTrack> {
  try {
    return await ask(media, kind, deviceId, "exact");
  } catch (error) {
    const isGone = error instanceof Error && /NotFound|Overconstrained/.test(error.name);
    // The chosen device is gone. Any other is better than none.
    if (deviceId === undefined || isExact || !isGone) throw error;
    return ask(media, kind, undefined, "ideal");
  }
}

async function ask(
  media: NonNullable<Capturing>,
  kind: CaptureKind,
  deviceId: string | undefined,
  strength: Strength,
): Promise<MediaStreamTrack> {
  const isCamera = kind === "camera";
  const constraints = isCamera ? { video: videoOf(deviceId, strength) } : { audio: audioOf(deviceId, strength) };
  const stream = await media.getUserMedia(constraints);
  return first(isCamera ? stream.getVideoTracks() : stream.getAudioTracks());
}

type Strength = "exact" | "ideal";
const idOf = (deviceId: string | undefined, strength: Strength) =>
  deviceId === undefined ? {} : { deviceId: { [strength]: deviceId } };
const audioOf = (deviceId: string | undefined, strength: Strength) => ({ ...AUDIO, ...idOf(deviceId, strength) });
const videoOf = (deviceId: string | undefined, strength: Strength) => ({ ...VIDEO, ...idOf(deviceId, strength) });

function first(tracks: readonly MediaStreamTrack[]): MediaStreamTrack {
  const [track] = tracks;
  if (!track) throw new DOMException("The browser opened no device", "NotFoundError");
  return track;
}

/** Whether opening both may prompt the user. */
async function willPrompt(permissions: Permissions): Promise<boolean> {
  return (await stateOf(permissions)).some((state) => state !== "granted");
}

/** Permissions of camera and microphone. `unknown` where the browser does not know these names: Firefox and older Safari throw. */
async function stateOf(permissions: Permissions): Promise<(PermissionState | "unknown")[]> {
  const names = ["camera", "microphone"].map((name) => name as PermissionName);
  try {
    const found = await Promise.all(names.map((name) => permissions?.query({ name })));
    return found.map((permission) => permission?.state ?? "unknown");
  } catch {
    return ["unknown", "unknown"];
  }
}

/** Opens this browser's devices. */
export function browserOpener(): OpenDevice {
  return createOpener(
    globalThis.navigator?.mediaDevices as MediaDevices | undefined,
    globalThis.navigator?.permissions,
    globalThis.isSecureContext,
  );
}

const MEANING: ReadonlyMap<string, DeviceTrouble> = new Map(
  Object.entries({
    NotAllowedError: "denied",
    PermissionDeniedError: "denied",
    SecurityError: "denied",
    NotFoundError: "missing",
    DevicesNotFoundError: "missing",
    OverconstrainedError: "missing",
    NotReadableError: "busy",
    TrackStartError: "busy",
    AbortError: "busy",
  } as const),
);

/** Maps the browsers' various errors to why a device could not be opened. */
export function troubleOf(error: unknown): DeviceTrouble {
  if (error instanceof NoDevicesError) return error.why;
  return (error instanceof Error && MEANING.get(error.name)) || "failed";
}

/** The browser gives this page no way to open devices. */
export class NoDevicesError extends Error {
  readonly why: "insecure" | "unsupported";

  constructor(why: NoDevicesError["why"]) {
    super(`The browser gives this page no devices: ${why}`);
    this.why = why;
  }
}

/** Chrome's message for a prompt that was closed without an answer. Do not prompt again at once. */
function wasPromptDismissed(error: unknown): boolean {
  return error instanceof Error && /dismissed/i.test(error.message);
}
