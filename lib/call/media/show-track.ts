import type { Store } from "#lib/live/store.ts";

/** Shows the current track of a store in an element, until the returned function is called. */
export function showTrack(track: Store<MediaStreamTrack | undefined>, element: HTMLVideoElement): () => void {
  const put = () => {
    const open = track.getSnapshot();
    element.srcObject = open ? new MediaStream([open]) : null;
    if (open) element.play().catch(() => {}); // rejects when the element is removed at once
  };
  element.muted = true;
  element.playsInline = true;
  put();
  const unsubscribe = track.subscribe(put);
  return () => {
    unsubscribe();
    element.srcObject = null;
  };
}
