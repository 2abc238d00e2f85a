/**
 * Delivers items in order after a delay, however many are under way.
 *
 * @param delayMs - The minimum delay. A change applies to later items. Timers can fire late and, by a fraction of a millisecond, early;
 *   an early one is waited out.
 */
export function createDelayLine<T>(delayMs: number | (() => number), deliver: (item: T) => void): (item: T) => void {
  const delay = typeof delayMs === "number" ? () => delayMs : delayMs;
  const onTheWay: { item: T; dueAtMs: number }[] = [];
  const deliverDue = () => {
    const nowMs = performance.now();
    for (let next = onTheWay[0]; next && next.dueAtMs <= nowMs; next = onTheWay[0]) {
      onTheWay.shift();
      deliver(next.item);
    }
    if (onTheWay[0]) setTimeout(deliverDue, onTheWay[0].dueAtMs - nowMs);
  };
  return (item) => {
    const waitMs = delay();
    if (waitMs <= 0 && onTheWay.length === 0) return deliver(item);
    onTheWay.push({ item, dueAtMs: performance.now() + waitMs });
    if (onTheWay.length === 1) setTimeout(deliverDue, waitMs);
  };
}
