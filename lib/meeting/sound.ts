import { type RemoteTrack, type Room, Track } from "livekit-client";
import { readTrack, remotePublications } from "./leg-people.ts";
import type { LegTrack } from "./leg-view.ts";

/** What of a room's tracks is subscribed and sounds. */
export type Sound = {
  /** Brings it in line with the rule: subscribes what is welcome, drops the rest, also what was welcome before. */
  tune: (mayReach: (identity: string, track: LegTrack) => boolean) => void;
  silence: () => void;
};

/** Plays a room's sound from hidden elements of ours, so that no component can forget to play somebody. */
export function createSound(room: Room): Sound {
  // The SDK says nothing of tracks that end with their connection, and forgets their elements: we remember them.
  const sounding = new Map<RemoteTrack, HTMLAudioElement>();
  const hush = (track: RemoteTrack, element: HTMLAudioElement) => {
    sounding.delete(track);
    track.detach(element);
    element.remove();
  };

  return {
    tune(mayReach) {
      const wanted = new Set<RemoteTrack>();
      for (const { identity, publication } of remotePublications(room)) {
        const owner = room.remoteParticipants.get(identity);
        const [track] = owner ? readTrack(owner, publication) : [];
        const isWanted = track !== undefined && mayReach(identity, track);
        if (publication.isDesired !== isWanted) publication.setSubscribed(isWanted);
        if (isWanted && publication.track?.kind === Track.Kind.Audio) wanted.add(publication.track);
      }
      for (const [track, element] of sounding) if (!wanted.has(track)) hush(track, element);
      for (const track of wanted) if (!sounding.has(track)) sounding.set(track, play(track));
    },
    silence() {
      for (const [track, element] of sounding) hush(track, element);
    },
  };
}

function play(track: RemoteTrack): HTMLAudioElement {
  const element = document.createElement("audio");
  container().append(element);
  track.attach(element);
  return element;
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
