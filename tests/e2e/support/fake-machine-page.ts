import type { FakeDevice } from "./fake-machine-types.ts";

/** Runs in the page before its own scripts. Self-contained, since it is sent to the browser as text. */
export function installMachine(given: readonly FakeDevice[]): void {
  const media: MediaDevices | undefined = navigator.mediaDevices;
  // The blank page before the first one has none.
  if (!media) return;
  type Source = { device: FakeDevice; track: MediaStreamTrack; setQuiet: (isQuiet: boolean) => void; isMuted: boolean };
  const devices = new Map(given.map((one) => [one.deviceId, { ...one }]));
  const silenced = new Set<string>();
  let sources: Source[] = [];
  const waiting = new Map<string, () => void>();
  const changed = () => media.dispatchEvent(new Event("devicechange"));
  const fail = (name: string, message: string) => Promise.reject(new DOMException(message, name));

  const picture = (text: string) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
    const pen = canvas.getContext("2d")!;
    let [step, isQuiet] = [0, false];
    const draw = () => {
      if (isQuiet) return;
      step += 1;
      pen.fillStyle = `hsl(${(step * 9) % 360} 60% 45%)`;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.fillStyle = "white";
      pen.fillText(`${text} ${step}`, 20, 90);
    };
    setInterval(draw, 100);
    draw();
    const track = canvas.captureStream(10).getVideoTracks()[0]!;
    return { track, setQuiet: (next: boolean) => void (isQuiet = next) };
  };
  let audio: AudioContext | undefined;
  // A context made before the first click stays suspended until it is resumed after one. A real microphone starts without.
  const resume = () => void audio?.resume();
  for (const kind of ["click", "keydown"]) window.addEventListener(kind, resume, true);
  const sound = () => {
    audio ??= new AudioContext();
    const exit = audio.createMediaStreamDestination();
    const volume = new GainNode(audio, { gain: 0.4 });
    const tone = new OscillatorNode(audio, { frequency: 440 });
    tone.connect(volume).connect(exit);
    nativeStart.call(tone);
    resume();
    const track = exit.stream.getAudioTracks()[0]!;
    return { track, setQuiet: (next: boolean) => void volume.gain.setValueAtTime(next ? 0 : 0.4, 0) };
  };
  const nativeStart = OscillatorNode.prototype.start;
  const notes: string[] = [];
  OscillatorNode.prototype.start = function start(when) {
    notes.push(String((this.context as { sinkId?: string }).sinkId ?? ""));
    nativeStart.call(this, when);
  };

  const open = (one: FakeDevice): MediaStreamTrack => {
    const made = one.kind === "videoinput" ? picture(one.label) : sound();
    const source: Source = { device: one, ...made, isMuted: false };
    const { track } = source;
    const { deviceId, facingMode } = one;
    const native = track.getSettings.bind(track);
    Object.defineProperties(track, {
      label: { value: one.label },
      muted: { get: () => source.isMuted },
      getSettings: { value: () => ({ ...native(), deviceId, ...(facingMode && { facingMode }) }) },
      // A canvas cannot be asked for another size.
      applyConstraints: { value: () => Promise.resolve() },
    });
    sources.push(source);
    if (silenced.has(deviceId)) mute(source, true);
    return track;
  };
  const mute = (source: Source, isMuted: boolean) => {
    source.isMuted = isMuted;
    source.setQuiet(isMuted);
    source.track.dispatchEvent(new Event(isMuted ? "mute" : "unmute"));
  };
  const isLive = ({ track }: Source) => track.readyState === "live";
  const liveOf = (deviceId: string) => sources.filter((one) => one.device.deviceId === deviceId && isLive(one));

  const idsIn = (wish: ConstrainDOMString | undefined): [string[], boolean] => {
    if (wish === undefined) return [[], false];
    if (typeof wish === "string" || Array.isArray(wish)) return [[wish].flat(), false];
    return wish.exact === undefined ? [[wish.ideal ?? []].flat(), false] : [[wish.exact].flat(), true];
  };
  const choose = (kind: MediaDeviceKind, wish: MediaTrackConstraints): FakeDevice => {
    const there = [...devices.values()].filter((one) => one.kind === kind && !one.isUnplugged);
    if (there.length === 0) throw new DOMException("Requested device not found", "NotFoundError");
    const [ids, isExact] = idsIn(wish.deviceId);
    const found = there.find(({ deviceId }) => ids.includes(deviceId) || (ids.includes("default") && isExact));
    if (!found && isExact) throw new DOMException("", "OverconstrainedError");
    return found ?? there[0]!;
  };
  const permission: Record<string, PermissionState> = { camera: "granted", microphone: "granted" };
  const nameOf = (kind: MediaDeviceKind) => (kind === "videoinput" ? "camera" : "microphone");

  media.getUserMedia = async ({ audio: wantsSound, video } = {}) => {
    const asked = [
      ...(wantsSound ? [["audioinput", wantsSound] as const] : []),
      ...(video ? [["videoinput", video] as const] : []),
    ];
    const chosen = asked.map(([kind, wish]) => choose(kind, typeof wish === "object" ? wish : {}));
    for (const one of chosen) {
      if (permission[nameOf(one.kind)] === "denied") return fail("NotAllowedError", "Permission denied");
      if (one.isRefused) return fail("NotAllowedError", "Permission denied by system");
    }
    for (const one of chosen) {
      if (one.isHung) await new Promise<void>((resolve) => waiting.set(one.deviceId, resolve));
      if (one.isHeld) return fail("NotReadableError", "Could not start source");
    }
    return new MediaStream(chosen.map(open));
  };
  media.enumerateDevices = async () =>
    [...devices.values()]
      .filter(({ isUnplugged }) => !isUnplugged)
      .map(({ deviceId, kind, label }) => ({ deviceId, kind, label, groupId: deviceId, toJSON: () => ({}) }));

  let shared: Source[] = [];
  media.getDisplayMedia = async () => {
    const one: FakeDevice = { deviceId: "screen", kind: "videoinput", label: "screen" };
    shared = [picture("screen"), sound()].map((made) => ({ ...made, device: one, isMuted: false }));
    return new MediaStream(shared.map(({ track }) => track));
  };

  const listeners = new Map<string, Set<PermissionStatus>>();
  const query = navigator.permissions.query.bind(navigator.permissions);
  navigator.permissions.query = async (descriptor) => {
    const name = descriptor.name as string;
    if (!(name in permission)) return query(descriptor);
    const status = new EventTarget() as PermissionStatus;
    Object.defineProperty(status, "state", { get: () => permission[name] });
    listeners.set(name, (listeners.get(name) ?? new Set()).add(status));
    return status;
  };

  const sinkOf = new WeakMap<HTMLMediaElement, string>();
  const knowsSpeaker = (id: string) => {
    const one = devices.get(id);
    return id === "" || (one?.kind === "audiooutput" && !one.isUnplugged);
  };
  HTMLMediaElement.prototype.setSinkId = async function setSinkId(id: string) {
    if (!knowsSpeaker(id)) throw new DOMException("Requested device not found", "NotFoundError");
    sinkOf.set(this, id);
  };
  Object.defineProperty(HTMLMediaElement.prototype, "sinkId", {
    get(this: HTMLMediaElement) {
      return sinkOf.get(this) ?? "";
    },
  });
  const contextSinks = new WeakMap<AudioContext, string>();
  Object.defineProperties(AudioContext.prototype, {
    setSinkId: {
      async value(this: AudioContext, id: string) {
        if (!knowsSpeaker(id)) throw new DOMException("Requested device not found", "NotFoundError");
        contextSinks.set(this, id);
      },
    },
    sinkId: {
      get(this: AudioContext) {
        return contextSinks.get(this) ?? "";
      },
    },
  });

  const end = (source: Source) => {
    source.track.stop();
    source.track.dispatchEvent(new Event("ended"));
  };
  const known = (id: string) => {
    const one = devices.get(id);
    if (!one) throw new Error(`This machine has no ${id}`);
    return one;
  };
  window.machine = {
    plug(id) {
      Object.assign(known(id), { isUnplugged: false });
      changed();
    },
    unplug(id) {
      Object.assign(known(id), { isUnplugged: true });
      for (const source of liveOf(id)) end(source);
      changed();
    },
    hold: (id) => void Object.assign(known(id), { isHeld: true }),
    release: (id) => void Object.assign(known(id), { isHeld: false }),
    silence(id) {
      silenced.add(id);
      for (const source of liveOf(id)) mute(source, true);
    },
    unsilence(id) {
      silenced.delete(id);
      for (const source of liveOf(id)) mute(source, false);
    },
    answer(id) {
      Object.assign(known(id), { isHung: false });
      waiting.get(id)?.();
      waiting.delete(id);
    },
    permit(name, state) {
      permission[name] = state;
      const kind = name === "camera" ? "videoinput" : "audioinput";
      if (state === "denied")
        for (const source of sources.filter((one) => one.device.kind === kind && isLive(one))) end(source);
      for (const status of listeners.get(name) ?? []) {
        status.dispatchEvent(new Event("change"));
        status.onchange?.(new Event("change"));
      }
    },
    endShareSound: () => shared.filter(({ track }) => track.kind === "audio").forEach(end),
    live() {
      sources = sources.filter(isLive);
      return sources.map((one) => one.device.deviceId).toSorted();
    },
    sinks: () => [...document.querySelectorAll<HTMLAudioElement>("#veet-sound audio")].map((element) => element.sinkId),
    notes: () => notes,
  };
}
