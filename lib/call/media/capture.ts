import { NoDevicesError, wasQuestionClosed } from "./media-error.ts";

/** Devices that are captured; speakers are only chosen. */
export type CaptureKind = "microphone" | "camera";

/** Opens one device: the one wanted if it is there, else the browser's own choice; with `isExact` the one wanted or none. */
export type OpenDevice = (
  kind: CaptureKind,
  deviceId: string | undefined,
  isExact?: boolean,
) => Promise<MediaStreamTrack>;

/** What we need of the browser. */
export type Capturing = Pick<MediaDevices, "getUserMedia"> | undefined;
export type Permissions =
  { query: (name: { name: PermissionName }) => Promise<Pick<PermissionStatus, "state">> } | undefined;

/** As the SDK captures. */
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
 * Opens devices. Camera and microphone wanted in the same moment are one question to the participant, where the browser has one;
 * where it has none, or one of the two fails, they are opened one by one, so that one works while the other fails or never answers.
 *
 * @param isSecure - The page came over https, or from this machine.
 */
export function createOpener(media: Capturing, permissions: Permissions, isSecure = true): OpenDevice {
  let wanted = new Map<CaptureKind, Wanted>();
  const flush = async () => {
    const batch = wanted;
    wanted = new Map();
    if (!media) return rejectAll(batch, new NoDevicesError(isSecure ? "unsupported" : "insecure"));
    const isAsked = batch.size > 1 && (await isQuestionOpen(permissions));
    if (isAsked && (await openTogether(media, permissions, batch))) return;
    for (const [kind, one] of batch) void openOne(media, kind, one).then(one.resolve, one.reject);
  };
  return (kind, deviceId, isExact = false) =>
    new Promise((resolve, reject) => {
      if (wanted.size === 0) queueMicrotask(() => void flush());
      wanted.set(kind, { deviceId, isExact, resolve, reject });
    });
}

/** @returns whether all were answered, one way or the other. */
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
    // Otherwise each is asked for alone: the refusal may be of one of them only.
    if (!wasQuestionClosed(error)) return false;
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
    // The chosen one is gone: any other is better than none.
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
  const wish = isCamera ? { video: videoOf(deviceId, strength) } : { audio: audioOf(deviceId, strength) };
  const stream = await media.getUserMedia(wish);
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

/** Whether opening both asks the participant something. Where the browser does not say, it may. */
async function isQuestionOpen(permissions: Permissions): Promise<boolean> {
  return (await stateOf(permissions)).some((state) => state !== "granted");
}

/** Of camera and microphone. `unknown` where a browser does not know these names: Firefox and older Safari throw. */
async function stateOf(permissions: Permissions): Promise<(PermissionState | "unknown")[]> {
  const names = ["camera", "microphone"].map((name) => name as PermissionName);
  try {
    const found = await Promise.all(names.map((name) => permissions?.query({ name })));
    return found.map((permission) => permission?.state ?? "unknown");
  } catch {
    return ["unknown", "unknown"];
  }
}

/** The real browser's. */
export function browserOpener(): OpenDevice {
  return createOpener(
    globalThis.navigator?.mediaDevices as MediaDevices | undefined,
    globalThis.navigator?.permissions,
    globalThis.isSecureContext,
  );
}
