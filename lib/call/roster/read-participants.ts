import { type Participant, type RemoteTrackPublication, type Room, Track, type TrackPublication } from "livekit-client";
import { readSeatAttributes } from "#lib/seats/seat-attributes.ts";
import type { LegPerson, LegTrack, TrackSource } from "./leg-view.ts";
import type { VideoFeed } from "../meeting.ts";

const SOURCES: Record<Track.Source, TrackSource> = {
  [Track.Source.Camera]: "camera",
  [Track.Source.Microphone]: "microphone",
  [Track.Source.ScreenShare]: "screenShare",
  [Track.Source.ScreenShareAudio]: "screenShareAudio",
  [Track.Source.Unknown]: "unknown",
};

/** Reads all participants of a LiveKit room, the own one included. */
export function readParticipants(room: Room): LegPerson[] {
  return [...room.remoteParticipants.values(), room.localParticipant]
    .filter(({ identity }) => identity !== "")
    .map(readPerson);
}

function readPerson(participant: Participant): LegPerson {
  const publications = [...participant.trackPublications.values()];
  return {
    identity: participant.identity,
    name: participant.name ?? "",
    seat: readSeatAttributes(participant.attributes),
    // Unknown until the server has sent permissions; until then only the locks apply.
    mayPublish: participant.permissions?.canPublish ?? true,
    maySend: sourcesOf(participant),
    isSpeaking: participant.isSpeaking,
    level: participant.audioLevel,
    quality: participant.connectionQuality,
    tracks: publications.flatMap((publication) => readTrack(participant, publication)),
  };
}

/** Reads a publication; empty for kinds other than audio and video. */
export function readTrack(participant: Participant, publication: TrackPublication): LegTrack[] {
  if (publication.kind !== Track.Kind.Audio && publication.kind !== Track.Kind.Video) return [];
  const source = SOURCES[publication.source];
  return [
    {
      sid: publication.trackSid,
      kind: publication.kind === Track.Kind.Audio ? "audio" : "video",
      source,
      isMuted: publication.isMuted,
      hasArrived: publication.track !== undefined,
      wasShown: publication.track !== undefined && shown.has(publication.track),
      feed: source === "camera" || source === "screenShare" ? feedOf(participant, publication, source) : undefined,
    },
  ];
}

const feeds = new WeakMap<Track, VideoFeed>();

/** One feed object per track, so that tiles do not attach again with every change elsewhere. */
function feedOf(
  participant: Participant,
  publication: TrackPublication,
  source: VideoFeed["source"],
): VideoFeed | undefined {
  const track = publication.track;
  if (!track || track.kind !== Track.Kind.Video || participant.isLocal) return undefined;
  const known = feeds.get(track);
  if (known) return known;
  const feed = videoFeed(publication.trackSid, participant.identity, source, track);
  feeds.set(track, feed);
  return feed;
}

/** The sources the server permits; undefined for all, or while permissions are unknown. */
function sourcesOf({ permissions }: Participant): readonly TrackSource[] | undefined {
  if (!permissions || permissions.canPublishSources.length === 0) return undefined;
  return permissions.canPublishSources.map((source) => SOURCES[Track.sourceFromProto(source)]);
}

/** Tracks that were in an element once. From then on the SDK pauses them while they are in none. */
const shown = new WeakSet<Track>();

/** Makes a feed of a track. */
export function videoFeed(id: string, identity: string, source: VideoFeed["source"], track: Track): VideoFeed {
  return {
    id,
    identity,
    source,
    attach(element) {
      shown.add(track);
      track.attach(element);
      return () => void track.detach(element);
    },
  };
}

/** All publications of other participants in the room. */
export function remotePublications(room: Room): { identity: string; publication: RemoteTrackPublication }[] {
  return [...room.remoteParticipants.values()].flatMap(({ identity, trackPublications }) =>
    [...trackPublications.values()].map((publication) => ({ identity, publication })),
  );
}
