import { type RemoteTrack, type Room, Track } from "livekit-client";
import { readTrack, remotePublications } from "./leg-people.ts";
import type { LegTrack } from "./leg-view.ts";

/**
 * Subscribes to what may reach this person and plays its sound; drops everything else, also what was welcome before.
 *
 * Sound plays from hidden elements of ours, so that no component can forget to play somebody.
 */
export function tune(room: Room, mayReach: (identity: string, track: LegTrack) => boolean): void {
  for (const { identity, publication } of remotePublications(room)) {
    const owner = room.remoteParticipants.get(identity);
    const [track] = owner ? readTrack(owner, publication) : [];
    const isWanted = track !== undefined && mayReach(identity, track);
    if (publication.isDesired !== isWanted) publication.setSubscribed(isWanted);
    if (!publication.track || publication.kind !== Track.Kind.Audio) continue;
    if (!isWanted) hush(publication.track);
    else if (publication.track.attachedElements.length === 0) container().append(publication.track.attach());
  }
}

/** Ends the sound of a track and frees its element. */
export function hush(track: RemoteTrack): void {
  if (track.kind !== Track.Kind.Audio) return;
  for (const element of track.detach()) element.remove();
}

const CONTAINER_ID = "veet-sound";

function container(): HTMLElement {
  const known = document.getElementById(CONTAINER_ID);
  if (known) return known;
  const made = document.createElement("div");
  made.id = CONTAINER_ID;
  made.hidden = true;
  document.body.append(made);
  return made;
}
