/**
 * Hands things on after a fixed time and in the order they came, however many are on the way.
 *
 * @param delayMs - At least this long; timers may be late and, by a fraction of a millisecond, early, which is waited out.
 */
export function createDelayLine<T>(delayMs: number, deliver: (item: T) => void): (item: T) => void {
  if (delayMs <= 0) return deliver;
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
    onTheWay.push({ item, dueAtMs: performance.now() + delayMs });
    if (onTheWay.length === 1) setTimeout(deliverDue, delayMs);
  };
}
