export type PageWatchEvents = {
  network: (isOnline: boolean) => void;
  /** The page is closing, or going into the back-forward cache. */
  hidden: () => void;
  /** The page came back from the back-forward cache or a frozen tab. */
  resumed: () => void;
};

/** Follows what the browser does with the page, until the returned function is called. */
export function watchPage(events: PageWatchEvents): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  window.addEventListener("offline", () => events.network(false), { signal });
  window.addEventListener("online", () => events.network(true), { signal });
  window.addEventListener("pagehide", () => events.hidden(), { signal });
  window.addEventListener("pageshow", ({ persisted }) => persisted && events.resumed(), { signal });
  document.addEventListener("resume", () => events.resumed(), { signal });
  return () => ending.abort();
}
