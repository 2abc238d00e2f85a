import type { PageState } from "./lobby-schema.ts";

export type PageEvents = {
  /** The page is hidden, closed or left. */
  left: (page: Exclude<PageState, "visible">) => void;
  /** The page is visible again or back online; pushes may have been lost in the meantime. */
  returned: () => void;
};

/**
 * Watches whether a waiting guest's page is visible, until the returned function is called.
 *
 * Locking a phone hides the page first and suspends it later, on some phones without a further event. A page that closes fires
 * `pagehide` before it is reported as hidden.
 */
export function watchEntryPage(events: PageEvents): () => void {
  if (typeof window === "undefined") return () => {};
  const ending = new AbortController();
  const { signal } = ending;
  let isGone = false;
  const hide = () => void (isGone || events.left("hidden"));
  const show = () => {
    isGone = false;
    events.returned();
  };
  const changed = () => (document.visibilityState === "visible" ? show() : hide());
  document.addEventListener("visibilitychange", changed, { signal });
  document.addEventListener("freeze", hide, { signal });
  document.addEventListener("resume", show, { signal });
  window.addEventListener("pageshow", ({ persisted }) => persisted && show(), { signal });
  window.addEventListener("online", () => events.returned(), { signal });
  const go = () => {
    isGone = true;
    events.left("gone");
  };
  window.addEventListener("pagehide", go, { signal });
  return () => ending.abort();
}
