import "server-only";
import {
  DataPacket_Kind,
  type ParticipantInfo,
  type ParticipantPermission,
  type Room,
  RoomServiceClient,
  ServerError,
} from "livekit-server-sdk";
import { AppError } from "#lib/errors.ts";
import type { MediaSite } from "#lib/media-sites.ts";
import { configuredSites } from "#lib/shared-env.ts";
import { traceStep } from "#lib/trace.ts";

/** LiveKit answers within milliseconds or not at all; sending to a room that does not exist blocks for 3.06 s. */
const TIMEOUT_SECONDS = 2;
/** How long LiveKit keeps an empty room, for the first participant to arrive and for others to come back, in seconds. */
const EMPTY_SECONDS = 300;
const DEPARTURE_SECONDS = 60;
/** LiveKit's own cap is a backstop: seats are counted in Redis, where a refusal is immediate. */
const SPARE_PARTICIPANTS = 20;

export type Permission = Partial<
  Pick<ParticipantPermission, "canPublish" | "canPublishSources" | "canSubscribe" | "canPublishData">
>;
export type Media = ReturnType<typeof createMedia>;

const clients = new Map<string, Media>();

/**
 * The media server of a site, as its administrator.
 *
 * @throws AppError `media_unavailable` when the site is not, or no longer, configured.
 */
export function media(siteName: string): Media {
  const known = clients.get(siteName);
  if (known) return known;
  const site = configuredSites().find(({ site: name }) => name === siteName);
  if (!site) throw new AppError("media_unavailable");
  const created = createMedia(site);
  clients.set(siteName, created);
  return created;
}

/** Every method throws AppError `media_unavailable` when LiveKit does not answer within two seconds. */
function createMedia(site: MediaSite) {
  const rooms = new RoomServiceClient(site.apiUrl, site.apiKey, site.apiSecret, {
    requestTimeout: TIMEOUT_SECONDS,
    failover: false,
  });

  return {
    site,
    /** Creates the room; an existing one stays as it is. */
    async createRoom(room: string, maxParticipants: number): Promise<void> {
      const options = { emptyTimeout: EMPTY_SECONDS, departureTimeout: DEPARTURE_SECONDS };
      await answered(
        rooms.createRoom({ name: room, ...options, maxParticipants: maxParticipants + SPARE_PARTICIPANTS }),
      );
    },
    /** All rooms of the site, whichever node they are on. */
    async listRooms(): Promise<Room[]> {
      return answered(rooms.listRooms());
    },
    /** LiveKit's own id of the room, a new one each time it is created. @returns undefined when there is none. */
    async roomSid(room: string): Promise<string | undefined> {
      return (await answered(rooms.listRooms([room])))[0]?.sid;
    },
    async deleteRoom(room: string): Promise<void> {
      await orAbsent(rooms.deleteRoom(room));
    },
    /** Disconnects the identity. @returns false when LiveKit has no such participant there. */
    async removeParticipant(room: string, identity: string): Promise<boolean> {
      return (await orAbsent(rooms.removeParticipant(room, identity).then(() => true))) ?? false;
    },
    /** Empty for a room that does not exist. */
    async listParticipants(room: string): Promise<ParticipantInfo[]> {
      return (await orAbsent(rooms.listParticipants(room))) ?? [];
    },
    async getParticipant(room: string, identity: string): Promise<ParticipantInfo | undefined> {
      return orAbsent(rooms.getParticipant(room, identity));
    },
    async muteTrack(room: string, identity: string, trackSid: string): Promise<void> {
      await orAbsent(rooms.mutePublishedTrack(room, identity, trackSid, true));
    },
    /** A permission replaces the whole set, so callers pass all of it. Attributes are merged; an empty one is deleted. */
    async updateParticipant(
      room: string,
      identity: string,
      change: { permission?: Permission; attributes?: Record<string, string> },
    ): Promise<void> {
      await orAbsent(rooms.updateParticipant(room, identity, change));
    },
    /**
     * Sends reliably to the named identities, or to all participants if none are named. Does nothing for a room that is gone.
     */
    async sendData(room: string, topic: string, text: string, identities: readonly string[] = []): Promise<void> {
      const bytes = new TextEncoder().encode(text);
      const options = { topic, destinationIdentities: [...identities] };
      await orAbsent(rooms.sendData(room, bytes, DataPacket_Kind.RELIABLE, options));
    },
  };
}

/** LiveKit's "not found" is no error for a caller who wants the thing gone. */
async function orAbsent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await traceStep("livekit", () => call);
  } catch (error) {
    if (error instanceof ServerError && error.status === 404) return undefined;
    throw new AppError("media_unavailable", { retryAfterSeconds: 2 }, { cause: error });
  }
}

async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await traceStep("livekit", () => call);
  } catch (error) {
    throw new AppError("media_unavailable", { retryAfterSeconds: 2 }, { cause: error });
  }
}
