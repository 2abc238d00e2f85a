import { type RemoteTrack, type Room, Track } from "livekit-client";
import { readTrack, remotePublications } from "../roster/read-participants.ts";
import type { LegTrack } from "../roster/leg-view.ts";

/**
 * Plays there from now on, also what comes later.
 *
 * @param deviceId - `""` for the system's own choice.
 * @param failed - The browser does not play there.
 */
export type SetSpeaker = (deviceId: string, failed: (error: unknown) => void) => void;

/** What of a room's sound is played, and where. */
export type RemoteAudio = {
  /** Plays what is welcome, and drops the rest, also what was welcome before. */
  tune: (mayReach: (identity: string, track: LegTrack) => boolean) => void;
  setSpeaker: SetSpeaker;
  /** The browser waits for a click before it plays. */
  isBlocked: () => boolean;
  /** Plays what the browser would not before the click there is now. */
  start: () => Promise<void>;
  silence: () => void;
};

/**
 * Plays a room's sound from hidden elements of ours, so that no component can forget to play a participant. The SDK is not asked to: it
 * would change their speaker by itself when a device comes or goes.
 *
 * @param changed - Whether the browser waits for a click.
 */
export function createRemoteAudio(room: Room, changed: () => void): RemoteAudio {
  const playing = new Map<RemoteTrack, HTMLAudioElement>();
  const blocked = new Set<HTMLAudioElement>();
  let speakerId = "";
  let speakerFailed: (error: unknown) => void = () => {};
  const hush = (track: RemoteTrack, element: HTMLAudioElement) => {
    playing.delete(track);
    blocked.delete(element);
    element.srcObject = null;
    element.remove();
  };
  const play = async (element: HTMLAudioElement) => {
    try {
      await element.play();
      if (blocked.delete(element)) changed();
    } catch (error) {
      // A track that was dropped meanwhile is not waited for.
      if (!(error instanceof Error) || error.name !== "NotAllowedError" || !element.isConnected) return;
      blocked.add(element);
      changed();
    }
  };
  const begin = (track: RemoteTrack) => {
    const element = document.createElement("audio");
    element.autoplay = true;
    element.srcObject = new MediaStream([track.mediaStreamTrack]);
    container().append(element);
    setSink(element, speakerId).catch(speakerFailed);
    playing.set(track, element);
    void play(element);
  };

  return {
    tune(mayReach) {
      const wanted = new Set<RemoteTrack>();
      for (const { identity, publication } of remotePublications(room)) {
        const owner = room.remoteParticipants.get(identity);
        const [track] = owner ? readTrack(owner, publication) : [];
        const heard = publication.track?.kind === Track.Kind.Audio ? publication.track : undefined;
        if (heard && track && mayReach(identity, track)) wanted.add(heard);
      }
      for (const [track, element] of playing) if (!wanted.has(track)) hush(track, element);
      for (const track of wanted) if (!playing.has(track)) begin(track);
    },
    setSpeaker(deviceId, failed) {
      speakerId = deviceId;
      speakerFailed = failed;
      for (const element of playing.values()) setSink(element, deviceId).catch(failed);
    },
    isBlocked: () => blocked.size > 0,
    async start() {
      await Promise.all([...playing.values()].map(play));
    },
    silence() {
      for (const [track, element] of playing) hush(track, element);
    },
  };
}

async function setSink(element: HTMLAudioElement, deviceId: string): Promise<void> {
  // Safari has no such method, and no choice either.
  if ("setSinkId" in element && element.sinkId !== deviceId) await element.setSinkId(deviceId);
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
