export type PageEvents = {
  /** The browser says there is no network, or that there is one again. */
  network: (isOnline: boolean) => void;
  /** The page goes, perhaps to be kept for the back button. */
  hidden: () => void;
  /** The page came back from where the back button keeps it, or from a frozen tab. */
  resumed: () => void;
};

/** Hears what the browser does with the page, until the returned function is called. */
export function watchPage(hears: PageEvents): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  window.addEventListener("offline", () => hears.network(false), { signal });
  window.addEventListener("online", () => hears.network(true), { signal });
  window.addEventListener("pagehide", () => hears.hidden(), { signal });
  window.addEventListener("pageshow", ({ persisted }) => persisted && hears.resumed(), { signal });
  document.addEventListener("resume", () => hears.resumed(), { signal });
  return () => ending.abort();
}
