const TOP = "--toasts-top";
/** Between what is kept clear and the first short message, in pixels. */
const GAP_PX = 8;

/** As a `ref`: while this element is there, short messages appear below it and cover none of it. */
export function toastsBelow(element: HTMLElement | null): (() => void) | undefined {
  if (!element) return undefined;
  const root = document.documentElement;
  const place = () => root.style.setProperty(TOP, `${element.getBoundingClientRect().bottom + GAP_PX}px`);
  const observer = new ResizeObserver(place);
  observer.observe(element);
  return () => {
    observer.disconnect();
    root.style.removeProperty(TOP);
  };
}
