import { afterEach, expect, test, vi } from "vitest";
import { newDeviceId } from "#lib/ids.ts";
import { storageOf } from "#lib/testing/storage.ts";
import { claimDeviceId, loadKind } from "./device-id.ts";

/** One tab's storage; a duplicated tab begins with a copy. */
function openTab(content: Record<string, string> = {}): Record<string, string> {
  const items = { ...content };
  const storage = storageOf(items);
  vi.stubGlobal("sessionStorage", storage);
  vi.stubGlobal("localStorage", storage);
  return items;
}

/** The browser's locks, shared by its tabs: taken until the holder is gone. */
function createLocks() {
  const held = new Set<string>();
  const waiting = new Map<string, () => void>();
  const locks = {
    request: (name: string, { signal }: { signal: AbortSignal }, use: () => Promise<unknown>) =>
      new Promise((resolve, reject) => {
        const take = () => {
          held.add(name);
          void use().then(resolve);
        };
        if (!held.has(name)) return take();
        waiting.set(name, take);
        signal.addEventListener("abort", () => reject(signal.reason as Error));
      }),
  };
  const release = (id: string) => {
    held.delete(`veet.device.${id}`);
    waiting.get(`veet.device.${id}`)?.();
  };
  return { locks: locks as unknown as LockManager, release };
}

afterEach(() => void vi.unstubAllGlobals());

test("[N1] keeps the id over a reload, even when the old page releases its lock late", async () => {
  openTab();
  const { locks, release } = createLocks();
  const first = await claimDeviceId(locks);
  const again = claimDeviceId(locks);
  setTimeout(() => release(first), 50);
  expect(await again).toBe(first);
});

test("[N1] a reloaded tab on a busy machine waits seconds for the old page", async () => {
  openTab();
  const { locks, release } = createLocks();
  const first = await claimDeviceId(locks);
  const asked = vi.spyOn(AbortSignal, "timeout");
  const again = claimDeviceId(locks, loadKind([{ type: "reload" } as PerformanceNavigationTiming]));
  expect(asked.mock.calls).toEqual([[10_000]]);
  setTimeout(() => release(first), 1500);
  expect(await again).toBe(first);
  asked.mockRestore();
});

test.each(["navigate", "back_forward", "prerender", undefined])(
  "[N2] a load of type %s may be a duplicated tab",
  (type) => {
    expect(loadKind(type ? [{ type } as PerformanceNavigationTiming] : [])).toBe("other");
  },
);

test("[N2] gives a duplicated tab its own id, and keeps it", async () => {
  const items = openTab();
  const { locks } = createLocks();
  const first = await claimDeviceId(locks);
  const copied = openTab(items);
  const second = await claimDeviceId(locks);
  expect(second).not.toBe(first);
  expect(copied["veet.device"]).toBe(second);
});

test("[N3] gives an id without locks and without storage", async () => {
  openTab({ "veet.device": "nonsense" });
  expect(await claimDeviceId(undefined)).toMatch(/^d_/);
  const kept = newDeviceId();
  openTab({ "veet.device": kept });
  expect(await claimDeviceId(undefined)).toBe(kept);
  vi.stubGlobal("sessionStorage", undefined);
  expect(await claimDeviceId(undefined)).toMatch(/^d_/);
});
