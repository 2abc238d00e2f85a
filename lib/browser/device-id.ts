import { isDeviceId, newDeviceId } from "#lib/id-forms.ts";
import type { DeviceId } from "#lib/ids.ts";
import { readItem, saveItem } from "./storage.ts";

const KEY = "veet.device";

/**
 * How long a page waits for the lock of the page before it, in milliseconds.
 *
 * After a reload the holder can only be the old page of the same tab, which a busy machine ends late. Any other kind of
 * load may be a duplicated tab, where the holder stays and the wait delays the question where the call should be.
 */
const HANDOVER_MS = { reload: 10_000, other: 1000 };

export type LoadKind = keyof typeof HANDOVER_MS;

let claimed: Promise<DeviceId> | undefined;

/** The id of this tab: kept over a reload, a new one in a duplicated tab. */
export function deviceId(): Promise<DeviceId> {
  claimed ??= claimDeviceId(globalThis.navigator?.locks, loadKind(performance.getEntriesByType("navigation")));
  return claimed;
}

/** Some browsers report a duplicated tab as a reload; it only waits longer for the same answer. */
export function loadKind(entries: readonly PerformanceEntry[]): LoadKind {
  const [entry] = entries as readonly Partial<PerformanceNavigationTiming>[];
  return entry?.type === "reload" ? "reload" : "other";
}

/**
 * Finds the tab's id and holds a lock named by it for the life of the page.
 *
 * "Duplicate tab" copies the session storage: without the lock both tabs would be one device and disconnect each other.
 */
export async function claimDeviceId(locks: LockManager | undefined, kind: LoadKind = "other"): Promise<DeviceId> {
  const stored = readItem("tab", KEY);
  if (stored !== undefined && isDeviceId(stored) && (await hold(locks, stored, HANDOVER_MS[kind]))) return stored;

  const fresh = newDeviceId();
  saveItem("tab", KEY, fresh);
  await hold(locks, fresh, HANDOVER_MS.other);
  return fresh;
}

/** @returns false when another tab holds the id. Without locks (insecure origin) the id is taken as free. */
function hold(locks: LockManager | undefined, id: DeviceId, patienceMs: number): Promise<boolean> {
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const keep = () => {
      resolve(true);
      return new Promise<never>(() => {}); // never released: the browser does it when the page ends
    };
    locks.request(`${KEY}.${id}`, { signal: AbortSignal.timeout(patienceMs) }, keep).catch(() => resolve(false));
  });
}
