/** One device of the machine, as `enumerateDevices` names it. */
export type FakeDevice = {
  deviceId: string;
  kind: MediaDeviceKind;
  label: string;
  facingMode?: "user" | "environment";
  /** Not connected yet. */
  isUnplugged?: boolean;
  /** Another program has it. */
  isHeld?: boolean;
  /** Opening it never answers. */
  isHung?: boolean;
  /** The system refuses it, though the browser's permission says "granted". */
  isRefused?: boolean;
};

/** What can be done to the machine while a page runs. */
export type FakeMachine = {
  plug: (deviceId: string) => void;
  unplug: (deviceId: string) => void;
  hold: (deviceId: string) => void;
  release: (deviceId: string) => void;
  /** By the system, a key on the headset, or another program: the tracks stay open and carry nothing. */
  silence: (deviceId: string) => void;
  unsilence: (deviceId: string) => void;
  /** Opening it answers at last. */
  answer: (deviceId: string) => void;
  /** Takes the browser's permission away, or gives it. */
  permit: (name: "camera" | "microphone", state: PermissionState) => void;
  /** Ends the sound of the share that runs, and nothing else. */
  endShareSound: () => void;
  /** The devices that have an open track, sorted. */
  live: () => string[];
  /** Where each playing sound goes: `""` is the system's choice. */
  sinks: () => string[];
  /** Where each oscillator of the page (chime, test sound) was heard. */
  notes: () => string[];
};
