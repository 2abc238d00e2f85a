/** Runs `work` on every item, at most `atMost` at a time. Rejects on the first failure; the calls under way are not cancelled. */
export async function inParallel<T>(
  items: readonly T[],
  atMost: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atMost, items.length) }, lane));
}
