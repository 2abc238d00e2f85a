import type { ProbeTarget } from "#lib/regions/probe-targets.ts";

/** The first look at a region also pays for the name, the connection and TLS; the least of a few is the way itself. */
const LOOKS = 3;
/** A region further away than this is nobody's nearest; in milliseconds. */
const TIMEOUT_MS = 2_000;

export type RegionProbeDeps = {
  /** Resolves with any answer. */
  look: (url: string, signal: AbortSignal) => Promise<unknown>;
  now: () => number;
  /** Runs it when the page has nothing better to do. */
  whenIdle: (run: () => void) => void;
};

/** How far the regions are away, as far as it is known yet. */
export type RegionProbe = {
  /** Begins once; nobody waits for it. */
  start: (targets: readonly ProbeTarget[]) => void;
  /** Round-trip times in whole milliseconds, by region. */
  rtts: () => Record<string, number>;
};

export function createRegionProbe(deps: RegionProbeDeps = browserDeps): RegionProbe {
  const rtts = new Map<string, number>();
  let isStarted = false;
  const measure = async ({ region, url }: ProbeTarget) => {
    for (let looks = 0; looks < LOOKS; looks += 1) {
      const sinceMs = deps.now();
      try {
        await deps.look(url, AbortSignal.timeout(TIMEOUT_MS));
      } catch {
        return; // what does not answer is not near
      }
      const tookMs = Math.round(deps.now() - sinceMs);
      rtts.set(region, Math.min(tookMs, rtts.get(region) ?? Infinity));
    }
  };
  return {
    start(targets) {
      if (isStarted || targets.length === 0) return;
      isStarted = true;
      deps.whenIdle(() => void Promise.all(targets.map(measure)));
    },
    rtts: () => Object.fromEntries(rtts),
  };
}

const browserDeps: RegionProbeDeps = {
  // Nothing of the answer is read, so any will do; and nothing of ours goes along.
  look: (url, signal) =>
    fetch(url, { mode: "no-cors", cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer", signal }),
  now: () => performance.now(),
  // Safari has no idle callback.
  whenIdle: (run) =>
    typeof requestIdleCallback === "function"
      ? void requestIdleCallback(run, { timeout: 2_000 })
      : void setTimeout(run, 200),
};
