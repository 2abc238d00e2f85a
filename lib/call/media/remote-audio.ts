import { type RemoteTrack, type Room, Track } from "livekit-client";
import { readTrack, remotePublications } from "../roster/read-participants.ts";
import type { LegTrack } from "../roster/leg-view.ts";

/**
 * Plays on this speaker from now on, later tracks included.
 *
 * @param deviceId - `""` for the system's default.
 * @param failed - The browser does not play there.
 */
export type SetSpeaker = (deviceId: string, failed: (error: unknown) => void) => void;

/** Plays the sound of a LiveKit room. */
export type RemoteAudio = {
  /** Plays the tracks the filter lets through, and stops the rest. */
  applyFilter: (mayReceive: (identity: string, track: LegTrack) => boolean) => void;
  setSpeaker: SetSpeaker;
  /** The browser waits for a click before it plays. */
  isBlocked: () => boolean;
  /** Plays what the browser blocked before the user's click. */
  start: () => Promise<void>;
  stop: () => void;
};

/**
 * Plays from hidden elements of our own, so that no component can forget a participant. The SDK would change the speaker of elements
 * it attaches when a device comes or goes.
 *
 * @param changed - Whether the browser waits for a click.
 */
export function createRemoteAudio(room: Room, changed: () => void): RemoteAudio {
  const playing = new Map<RemoteTrack, HTMLAudioElement>();
  const blocked = new Set<HTMLAudioElement>();
  let speakerId = "";
  let speakerFailed: (error: unknown) => void = () => {};
  const remove = (track: RemoteTrack, element: HTMLAudioElement) => {
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
      // Ignore a track that was removed in the meantime.
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
    applyFilter(mayReceive) {
      const wanted = new Set<RemoteTrack>();
      for (const { identity, publication } of remotePublications(room)) {
        const owner = room.remoteParticipants.get(identity);
        const [track] = owner ? readTrack(owner, publication) : [];
        const heard = publication.track?.kind === Track.Kind.Audio ? publication.track : undefined;
        if (heard && track && mayReceive(identity, track)) wanted.add(heard);
      }
      for (const [track, element] of playing) if (!wanted.has(track)) remove(track, element);
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
    stop() {
      for (const [track, element] of playing) remove(track, element);
    },
  };
}

async function setSink(element: HTMLAudioElement, deviceId: string): Promise<void> {
  // Safari has no setSinkId.
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
