import type { ProbeTarget } from "#lib/regions/probe-targets.ts";

/** The first request also pays for DNS, TCP and TLS; the least of a few is the round trip. */
const TRIES = 3;
/** A region further away than this, in milliseconds, is never the nearest. */
const TIMEOUT_MS = 2_000;

export type RegionProbeDeps = {
  /** Resolves with any answer. */
  request: (url: string, signal: AbortSignal) => Promise<unknown>;
  now: () => number;
  /** Runs when the page is idle. */
  whenIdle: (run: () => void) => void;
};

/** The round trips to the regions measured so far. */
export type RegionProbe = {
  /** Starts once, in the background. */
  start: (targets: readonly ProbeTarget[]) => void;
  /** Round-trip times in whole milliseconds, by region. */
  rtts: () => Record<string, number>;
};

export function createRegionProbe(deps: RegionProbeDeps = browserDeps): RegionProbe {
  const rtts = new Map<string, number>();
  let isStarted = false;
  const measure = async ({ region, url }: ProbeTarget) => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const sinceMs = deps.now();
      try {
        await deps.request(url, AbortSignal.timeout(TIMEOUT_MS));
      } catch {
        return; // a region that does not answer is not near
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
  // Any answer will do, as nothing of it is read. No cookies or referrer are sent.
  request: (url, signal) =>
    fetch(url, { mode: "no-cors", cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer", signal }),
  now: () => performance.now(),
  // Safari has no idle callback.
  whenIdle: (run) =>
    typeof requestIdleCallback === "function"
      ? void requestIdleCallback(run, { timeout: 2_000 })
      : void setTimeout(run, 200),
};
