import type { Store } from "#lib/live/store.ts";

/** Shows a picture of mine in an element, whichever track it is by now, until the returned function is called. */
export function showTrack(track: Store<MediaStreamTrack | undefined>, element: HTMLVideoElement): () => void {
  const put = () => {
    const open = track.getSnapshot();
    element.srcObject = open ? new MediaStream([open]) : null;
    if (open) element.play().catch(() => {}); // an element removed at once rejects; there is no one to tell
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
