/** Acts once for many calls in one turn, at the end of the turn. */
export function oncePerMicrotask(act: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      act();
    });
  };
}
