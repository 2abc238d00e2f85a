/** The leg that somebody publishes on, by the server's word of that count. */
export type HomeAttribute = { count: number; leg: string };

/**
 * The newest of the attributes `home` that the legs show of one person, such as `2:b`.
 *
 * They disagree for a moment while somebody moves, and for as long as a leg is out of the server's reach.
 */
export function newestHome(words: readonly string[]): HomeAttribute | undefined {
  const read = words.flatMap((word) => {
    const [count, leg] = word.split(":");
    return count && leg && /^\d+$/.test(count) ? [{ count: Number(count), leg }] : [];
  });
  return read.toSorted((left, right) => right.count - left.count)[0];
}
