import { type LocalTrack, type Room, RoomEvent, type TrackPublishOptions } from "livekit-client";

/** What I send in one LiveKit room. */
export type LegPublisher = {
  /** Waits for the server's leave, which may be on its way. */
  publish: (track: LocalTrack, options?: TrackPublishOptions) => Promise<void>;
  unpublish: (track: LocalTrack) => Promise<void>;
};

/** The right to publish follows the decision to move within milliseconds; then it is not coming. */
const LEAVE_WITHIN_MS = 3_000;

export function createLegPublisher(room: Room): LegPublisher {
  const mutes = watchMutes(room);
  return {
    async publish(track, options) {
      await waitForPublishPermission(room);
      if (isPublished(room, track)) return;
      const { trackSid } = await room.localParticipant.publishTrack(track, options);
      if (mutes.has(trackSid)) await track.mute();
      // What I switched meanwhile the SDK told nobody: it knows a track to tell of only once publishing has ended.
      room.engine.updateMuteStatus(trackSid, track.isMuted);
    },
    async unpublish(track) {
      await room.localParticipant.unpublishTrack(track, false);
    },
  };
}

/**
 * Resolves when the server lets me publish in this room.
 *
 * @throws Error when it has not within a few seconds; asking again later is the caller's.
 */
async function waitForPublishPermission(room: Room): Promise<void> {
  const isAllowed = () => room.localParticipant.permissions?.canPublish !== false;
  if (isAllowed()) return;
  await new Promise<void>((resolve, reject) => {
    const settle = () => {
      if (!isAllowed()) return;
      finish();
      resolve();
    };
    const timer = setTimeout(() => {
      finish();
      reject(new Error("The server gave no leave to publish."));
    }, LEAVE_WITHIN_MS);
    const finish = () => {
      clearTimeout(timer);
      room.off(RoomEvent.ParticipantPermissionsChanged, settle);
    };
    room.on(RoomEvent.ParticipantPermissionsChanged, settle);
  });
}

function isPublished(room: Room, track: LocalTrack): boolean {
  return [...room.localParticipant.trackPublications.values()].some((publication) => publication.track === track);
}

/**
 * What the server wants muted among my tracks. The SDK drops its word for a track whose publishing has not ended here, and
 * later even tells the server that it is not muted: on a busy phone "mute all" would pass by whoever has just come.
 */
function watchMutes(room: Room): ReadonlySet<string> {
  const muted = new Set<string>();
  room.engine.on("remoteMute", (trackSid: string, isMuted: boolean) => {
    if (isMuted) muted.add(trackSid);
    else muted.delete(trackSid);
  });
  return muted;
}
