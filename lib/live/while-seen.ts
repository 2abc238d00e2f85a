/** Runs at once, then this often (in milliseconds) while the page is looked at, and when it is looked at again. @returns what ends it. */
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
