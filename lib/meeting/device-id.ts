import { DeviceId, newDeviceId } from "#lib/ids.ts";
import { recall, remember } from "./browser-storage.ts";

const KEY = "veet.device";

/** A reload must wait for the old document to let go of its lock; only a duplicated tab waits this long. */
const HANDOVER_MS = 400;

let claimed: Promise<DeviceId> | undefined;

/** This tab's name for itself: the same after a reload, another one in a duplicated tab. */
export function deviceId(): Promise<DeviceId> {
  claimed ??= claimDeviceId(globalThis.navigator?.locks);
  return claimed;
}

/**
 * Finds the tab's id and holds a lock named by it for the life of the page.
 *
 * "Duplicate tab" copies the session storage: without the lock both tabs would be one device and throw each other out.
 */
export async function claimDeviceId(locks: LockManager | undefined): Promise<DeviceId> {
  const stored = DeviceId.safeParse(recall("tab", KEY));
  if (stored.success && (await hold(locks, stored.data))) return stored.data;

  const fresh = newDeviceId();
  remember("tab", KEY, fresh);
  await hold(locks, fresh);
  return fresh;
}

/** @returns false when another tab holds the id. Without locks (insecure origin) the id is believed. */
function hold(locks: LockManager | undefined, id: DeviceId): Promise<boolean> {
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const keep = () => {
      resolve(true);
      return new Promise<never>(() => {}); // never let go: the browser does when the page ends
    };
    locks.request(`${KEY}.${id}`, { signal: AbortSignal.timeout(HANDOVER_MS) }, keep).catch(() => resolve(false));
  });
}
