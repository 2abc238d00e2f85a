import { type LocalTrack, type Room, RoomEvent, type TrackPublishOptions } from "livekit-client";

/** Publishes this participant's tracks in one LiveKit room. */
export type LegPublisher = {
  /** Waits for the server's permission, which may be under way. */
  publish: (track: LocalTrack, options?: TrackPublishOptions) => Promise<void>;
  unpublish: (track: LocalTrack) => Promise<void>;
};

/** The permission follows the decision to move within milliseconds. After this it will not come. */
const PERMISSION_WITHIN_MS = 3_000;

export function createLegPublisher(room: Room): LegPublisher {
  const mutedByServer = followServerMutes(room);
  return {
    async publish(track, options) {
      await waitForPublishPermission(room);
      if (isPublished(room, track)) return;
      const { trackSid } = await room.localParticipant.publishTrack(track, options);
      if (mutedByServer.has(trackSid)) await track.mute();
      // The SDK does not report mutes made while a track was being published. `engine` is public but not documented.
      room.engine.updateMuteStatus(trackSid, track.isMuted);
    },
    async unpublish(track) {
      await room.localParticipant.unpublishTrack(track, false);
    },
  };
}

/** @throws Error when the permission does not come within a few seconds; the caller may try again later. */
async function waitForPublishPermission(room: Room): Promise<void> {
  const isPermitted = () => room.localParticipant.permissions?.canPublish !== false;
  if (isPermitted()) return;
  await new Promise<void>((resolve, reject) => {
    const check = () => {
      if (!isPermitted()) return;
      finish();
      resolve();
    };
    const timer = setTimeout(() => {
      finish();
      reject(new Error("The server gave no permission to publish."));
    }, PERMISSION_WITHIN_MS);
    const finish = () => {
      clearTimeout(timer);
      room.off(RoomEvent.ParticipantPermissionsChanged, check);
    };
    room.on(RoomEvent.ParticipantPermissionsChanged, check);
  });
}

function isPublished(room: Room, track: LocalTrack): boolean {
  return [...room.localParticipant.trackPublications.values()].some((publication) => publication.track === track);
}

/**
 * Ids of the tracks that the server muted. The SDK drops this message for a track it is still publishing and later tells the server
 * that the track is not muted: on a busy phone, "mute all" would miss a participant who just joined.
 */
function followServerMutes(room: Room): ReadonlySet<string> {
  const muted = new Set<string>();
  room.engine.on("remoteMute", (trackSid: string, isMuted: boolean) => {
    if (isMuted) muted.add(trackSid);
    else muted.delete(trackSid);
  });
  return muted;
}
