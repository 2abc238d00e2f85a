import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";

/** What a request knows about its room's revision: how many scripts have written to the room. */
type Known = {
  /** It only reads, so a replica can answer it. */
  isNear: boolean;
  /** What the caller has already seen, in an answer or a nudge: no older replica may answer. */
  seen: number;
  /** The highest that this request has seen. */
  met: { newest: number };
};

const requests = new AsyncLocalStorage<Known>();

/** Runs a request. */
export function withRevisions<T>(known: Pick<Known, "isNear" | "seen">, run: () => T): T {
  return requests.run({ ...known, met: { newest: 0 } }, run);
}

/** Runs a part of a request that a replica can answer. */
export function atReplica<T>(run: () => T): T {
  const known = requests.getStore();
  return known ? requests.run({ ...known, isNear: true }, run) : run();
}

/** Runs a part of a request that only the primary may answer. */
export function atPrimary<T>(run: () => T): T {
  const known = requests.getStore();
  return known ? requests.run({ ...known, isNear: false }, run) : run();
}

/** @returns the revision that a replica must have to answer; undefined if only the primary may. */
export function replicaFrom(): number | undefined {
  const known = requests.getStore();
  return known?.isNear ? known.seen : undefined;
}

export function noteRevision(revision: number): void {
  const known = requests.getStore();
  if (known) known.met.newest = Math.max(known.met.newest, revision);
}

/** The newest revision that this request has seen; undefined outside of a request, or if it has seen none. */
export function newestRevision(): number | undefined {
  return requests.getStore()?.met.newest || undefined;
}
