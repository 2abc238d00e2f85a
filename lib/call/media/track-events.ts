/** A track that is muted for less than this, in milliseconds, only changes over: iPhones and headsets do while they start. */
const SETTLE_MS = 500;

export type TrackEvents = {
  /** It ended without us: unplugged, taken away, or forbidden. */
  ended: () => void;
  /** The system, a key on the device or another program keeps it still, or does no longer. */
  silenced: (isSilenced: boolean) => void;
};

/** Follows an open track, until the returned function is called. */
export function watchTrack(track: MediaStreamTrack, events: TrackEvents): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (track.muted) timer = setTimeout(() => events.silenced(true), SETTLE_MS);
    else events.silenced(false);
  };
  track.addEventListener("mute", look);
  track.addEventListener("unmute", look);
  track.addEventListener("ended", events.ended);
  if (track.muted) look();
  return () => {
    clearTimeout(timer);
    track.removeEventListener("mute", look);
    track.removeEventListener("unmute", look);
    track.removeEventListener("ended", events.ended);
  };
}

/** Whether this camera looks at the participant, who then knows the picture as a mirror's. On a phone the rear one does not. */
export function isFacingMe(settings: Pick<MediaTrackSettings, "facingMode">, label: string): boolean {
  if (settings.facingMode !== undefined && settings.facingMode !== "") return settings.facingMode !== "environment";
  return !/\b(back|rear|environment)\b/i.test(label);
}
