/** Devices that are captured; speakers are only chosen. */
export type CaptureKind = "microphone" | "camera";

/** Opens one device: the one wanted if it is there, else the browser's own choice. */
export type OpenDevice = (kind: CaptureKind, deviceId: string | undefined) => Promise<MediaStreamTrack>;

/** What we need of the browser. */
export type Capturing = Pick<MediaDevices, "getUserMedia"> | undefined;
export type Permissions =
  { query: (name: { name: PermissionName }) => Promise<{ state: PermissionState }> } | undefined;

/** As the SDK captures, so that handing a track over changes nothing. */
const AUDIO = { autoGainControl: true, echoCancellation: true, noiseSuppression: true };
const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 } };

type Wanted = {
  deviceId: string | undefined;
  resolve: (track: MediaStreamTrack) => void;
  reject: (error: unknown) => void;
};

/**
 * Opens devices. Camera and microphone wanted in the same moment are one question to the person; where one of them
 * fails they are asked for one by one, so that the other works.
 */
export function createOpener(media: Capturing, permissions: Permissions): OpenDevice {
  let wanted = new Map<CaptureKind, Wanted>();
  const flush = async () => {
    const batch = wanted;
    wanted = new Map();
    if (batch.size > 1 && (await openTogether(media, permissions, batch))) return;
    for (const [kind, { deviceId, resolve, reject }] of batch) {
      await openOne(media, kind, deviceId).then(resolve, reject);
    }
  };
  return (kind, deviceId) =>
    new Promise((resolve, reject) => {
      if (wanted.size === 0) queueMicrotask(() => void flush());
      wanted.set(kind, { deviceId, resolve, reject });
    });
}

/** @returns whether all were answered, one way or the other. */
async function openTogether(
  media: Capturing,
  permissions: Permissions,
  batch: ReadonlyMap<CaptureKind, Wanted>,
): Promise<boolean> {
  try {
    const stream = await capture(media, {
      audio: audioOf(batch.get("microphone")?.deviceId, "ideal"),
      video: videoOf(batch.get("camera")?.deviceId, "ideal"),
    });
    batch.get("microphone")?.resolve(first(stream.getAudioTracks()));
    batch.get("camera")?.resolve(first(stream.getVideoTracks()));
    return true;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "NotAllowedError") return false;
    // Refused just now: asking again would be pestering. Refused earlier for one of them: the other may be had alone.
    if (await isRefusedForGood(permissions)) return false;
    for (const { reject } of batch.values()) reject(error);
    return true;
  }
}

async function openOne(media: Capturing, kind: CaptureKind, deviceId: string | undefined): Promise<MediaStreamTrack> {
  try {
    return await ask(media, kind, deviceId, "exact");
  } catch (error) {
    // The chosen one is gone: any other is better than none.
    if (deviceId === undefined || !(error instanceof Error) || !/NotFound|Overconstrained/.test(error.name))
      throw error;
    return ask(media, kind, undefined, "ideal");
  }
}

async function ask(
  media: Capturing,
  kind: CaptureKind,
  deviceId: string | undefined,
  strength: Strength,
): Promise<MediaStreamTrack> {
  const isCamera = kind === "camera";
  const stream = await capture(
    media,
    isCamera ? { video: videoOf(deviceId, strength) } : { audio: audioOf(deviceId, strength) },
  );
  return first(isCamera ? stream.getVideoTracks() : stream.getAudioTracks());
}

type Strength = "exact" | "ideal";
const idOf = (deviceId: string | undefined, strength: Strength) =>
  deviceId === undefined ? {} : { deviceId: { [strength]: deviceId } };
const audioOf = (deviceId: string | undefined, strength: Strength) => ({ ...AUDIO, ...idOf(deviceId, strength) });
const videoOf = (deviceId: string | undefined, strength: Strength) => ({ ...VIDEO, ...idOf(deviceId, strength) });

/** With what the SDK opens the same device again, e.g. after the camera was off. */
export function constraintsOf(kind: CaptureKind, deviceId: string | undefined): MediaTrackConstraints {
  return kind === "camera" ? videoOf(deviceId, "ideal") : audioOf(deviceId, "ideal");
}

function capture(media: Capturing, constraints: MediaStreamConstraints): Promise<MediaStream> {
  // Browsers offer no devices to pages that came over plain http: the browser forbids it.
  if (!media) return Promise.reject(new DOMException("No media devices on an insecure page", "NotAllowedError"));
  return media.getUserMedia(constraints);
}

function first(tracks: readonly MediaStreamTrack[]): MediaStreamTrack {
  const [track] = tracks;
  if (!track) throw new DOMException("The browser opened no device", "NotFoundError");
  return track;
}

async function isRefusedForGood(permissions: Permissions): Promise<boolean> {
  try {
    // Firefox and older Safari do not know these names and throw.
    const states = await Promise.all(
      ["camera", "microphone"].map((name) => permissions?.query({ name: name as PermissionName })),
    );
    return states.some((permission) => permission?.state === "denied");
  } catch {
    return false;
  }
}

/** The real browser's. */
export function browserOpener(): OpenDevice {
  return createOpener(
    globalThis.navigator?.mediaDevices as MediaDevices | undefined,
    globalThis.navigator?.permissions,
  );
}
