import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HOST_GRACE_MS } from "#lib/seats/liveness.ts";
import { createHostWatch } from "./host-watch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("[N62] asks once when no host was there for a minute, and not when one is back sooner", async () => {
  const ask = vi.fn();
  const watch = createHostWatch(ask, () => 1);
  watch.update(false);
  await vi.advanceTimersByTimeAsync(HOST_GRACE_MS - 1);
  watch.update(true);
  await vi.advanceTimersByTimeAsync(HOST_GRACE_MS);
  expect(ask).not.toHaveBeenCalled();
  watch.update(false);
  await vi.advanceTimersByTimeAsync(HOST_GRACE_MS);
  watch.update(false);
  await vi.advanceTimersByTimeAsync(4_999);
  expect(ask).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  watch.update(false);
  await vi.advanceTimersByTimeAsync(2 * HOST_GRACE_MS);
  expect(ask).toHaveBeenCalledTimes(1);
});
