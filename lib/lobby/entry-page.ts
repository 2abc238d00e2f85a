import type { PageState } from "./lobby-schema.ts";

export type PageEvents = {
  /** The page is not on the screen any more, or goes. */
  left: (page: Exclude<PageState, "visible">) => void;
  /** It is on the screen again, or has a network again: what was pushed meanwhile may be lost. */
  returned: () => void;
};

/**
 * Follows whether a waiting guest looks at the page, until the returned function is called.
 *
 * A phone that is locked hides the page first and suspends it later, some without a further event; a page that is closed is hidden,
 * too, after it has said that it goes.
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
