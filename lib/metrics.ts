import { ERRORS, type ErrorCode } from "./errors.ts";

const KINDS = ["meeting", "lobby"] as const;
const CODES: readonly ("ok" | ErrorCode)[] = ["ok", ...(Object.keys(ERRORS) as ErrorCode[])];

/**
 * Every figure that our own processes measure. A label has one of the values listed here and no other, so that the number of
 * series is known, and no room or user can be identified by one.
 */
export const METRICS = {
  veet_answers_total: {
    type: "counter",
    of: ["app"],
    help: "Answers of the API, by error code; ok for those without an error.",
    labels: { code: CODES },
  },
  veet_answer_seconds: {
    type: "histogram",
    of: ["app"],
    help: "Time until an answer of the API is ready.",
    labels: {},
  },
  veet_entries_total: {
    type: "counter",
    of: ["app"],
    help: "Answers to people who want to enter. A return is a participant who has a seat already.",
    labels: { outcome: ["joined", "returned", "waiting", "again", "elsewhere", "refused"] },
  },
  veet_knocks_total: {
    type: "counter",
    of: ["app"],
    help: "New requests to enter that hosts decide on.",
    labels: { kind: ["account", "guest"] },
  },
  veet_verdicts_total: {
    type: "counter",
    of: ["app"],
    help: "Decided requests to enter.",
    labels: { verdict: ["admitted", "denied"] },
  },
  veet_verdict_seconds: {
    type: "histogram",
    of: ["app"],
    help: "Time from a knock to the host's verdict.",
    labels: {},
    buckets: [1, 2, 5, 10, 20, 30, 60, 120, 300, 600],
  },
  veet_dependency_seconds: {
    type: "histogram",
    of: ["app", "gatekeeper"],
    help: "Time that one step of a request waits for Redis or for LiveKit's API.",
    labels: { dependency: ["redis", "livekit"] },
  },
  veet_dependency_failures_total: {
    type: "counter",
    of: ["app", "gatekeeper"],
    help: "Steps that failed because Redis or LiveKit's API gave no good answer.",
    labels: { dependency: ["redis", "livekit"] },
  },
  veet_evictions_total: {
    type: "counter",
    of: ["app", "gatekeeper"],
    help: "Connections ended because their participant has no right to be there.",
    labels: {},
  },
  veet_door_total: {
    type: "counter",
    of: ["gatekeeper"],
    help: "Signalling connections asked for, by the HTTP status of the answer; 101 is let in.",
    labels: { status: ["101", "400", "401", "403", "404", "429", "503"] },
  },
  veet_sweep_seconds: {
    type: "histogram",
    of: ["gatekeeper"],
    help: "Time of one sweep over all rooms of this gatekeeper.",
    labels: {},
  },
  veet_sweep_failures_total: {
    type: "counter",
    of: ["gatekeeper"],
    help: "Sweeps that were not finished, and rooms that failed within one.",
    labels: { part: ["all", "room"] },
  },
  veet_rooms: {
    type: "gauge",
    of: ["gatekeeper"],
    help: "LiveKit rooms with participants, as of the last sweep.",
    labels: { kind: KINDS },
  },
  veet_people: {
    type: "gauge",
    of: ["gatekeeper"],
    help: "Participants that LiveKit lists, as of the last sweep. A participant counts once for each leg.",
    labels: { kind: KINDS },
  },
  veet_clock_ahead_seconds: {
    type: "gauge",
    of: ["gatekeeper"],
    help: "By how much this node's clock is ahead of Redis's.",
    labels: {},
  },
  veet_livekit_up: {
    type: "gauge",
    of: ["gatekeeper"],
    help: "1 when the LiveKit server behind this gatekeeper answers.",
    labels: {},
  },
} as const satisfies Record<string, MetricPlan>;

export type ProcessName = "app" | "gatekeeper";
export type MetricPlan = {
  type: "counter" | "gauge" | "histogram";
  /** The processes that measure it. */
  of: readonly ProcessName[];
  help: string;
  /** All values of each label. */
  labels: Record<string, readonly string[]>;
  /** Upper bounds in seconds, if the default ones do not fit. */
  buckets?: readonly number[];
};
export type MetricName = keyof typeof METRICS;
type NameOf<T extends MetricPlan["type"]> = {
  [N in MetricName]: (typeof METRICS)[N]["type"] extends T ? N : never;
}[MetricName];
type LabelsOf<N extends MetricName> = {
  [L in keyof (typeof METRICS)[N]["labels"]]: (typeof METRICS)[N]["labels"][L] extends readonly (infer V extends
    string)[]
    ? V
    : never;
};

/** Stores measurements; the only implementation is in lib/metrics-registry.ts. */
export type Recorder = (name: MetricName, labels: Record<string, string>, value: number) => void;

/**
 * Next bundles this module several times, and the server in front of Next loads it once more: all of them find the same
 * recorder here.
 */
const SLOT = Symbol.for("veet.metrics");
const shared = globalThis as { [SLOT]?: Recorder | undefined };

/** Stores all measurements from now on. Without a recorder measuring costs nothing and is discarded. */
export function recordWith(recorder: Recorder | undefined): void {
  shared[SLOT] = recorder;
}

export function count<N extends NameOf<"counter">>(name: N, labels: LabelsOf<N>, by = 1): void {
  shared[SLOT]?.(name, labels, by);
}

export function setGauge<N extends NameOf<"gauge">>(name: N, labels: LabelsOf<N>, value: number): void {
  shared[SLOT]?.(name, labels, value);
}

export function observe<N extends NameOf<"histogram">>(name: N, labels: LabelsOf<N>, seconds: number): void {
  shared[SLOT]?.(name, labels, seconds);
}

/** Runs the work and records how long it took, whether it succeeds or fails. */
export async function timed<N extends NameOf<"histogram">, T>(
  name: N,
  labels: LabelsOf<N>,
  work: () => Promise<T>,
): Promise<T> {
  const startedAtMs = performance.now();
  try {
    return await work();
  } finally {
    observe(name, labels, (performance.now() - startedAtMs) / 1_000);
  }
}
