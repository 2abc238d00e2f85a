/**
 * Runs right away, then this often (in milliseconds) while the page is visible, and when it becomes visible again. @returns a
 * function that stops it.
 */
export function whileSeen(run: () => Promise<void>, everyMs: number): () => void {
  const runIfSeen = () => void (document.visibilityState === "visible" && run());
  const timer = setInterval(runIfSeen, everyMs);
  document.addEventListener("visibilitychange", runIfSeen);
  void run();
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", runIfSeen);
  };
}
