/** iPhones and headsets mute a track for less than this, in milliseconds, while they start. */
const SETTLE_MS = 500;

export type TrackEvents = {
  /** It was ended by something else: unplugged, taken by another program, or permission withdrawn. */
  ended: () => void;
  /** The system, a key on the device or another program mutes or unmutes it. */
  silenced: (isSilenced: boolean) => void;
};

/** Follows an open track, until the returned function is called. */
export function watchTrack(track: MediaStreamTrack, events: TrackEvents): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = () => {
    clearTimeout(timer);
    if (track.muted) timer = setTimeout(() => events.silenced(true), SETTLE_MS);
    else events.silenced(false);
  };
  track.addEventListener("mute", update);
  track.addEventListener("unmute", update);
  track.addEventListener("ended", events.ended);
  if (track.muted) update();
  return () => {
    clearTimeout(timer);
    track.removeEventListener("mute", update);
    track.removeEventListener("unmute", update);
    track.removeEventListener("ended", events.ended);
  };
}

/** Whether this camera faces the user, who then expects a mirror image. A phone's rear camera does not. */
export function isFacingUser(settings: Pick<MediaTrackSettings, "facingMode">, label: string): boolean {
  if (settings.facingMode !== undefined && settings.facingMode !== "") return settings.facingMode !== "environment";
  return !/\b(back|rear|environment)\b/i.test(label);
}
