import { z } from "zod";
import { RoomCode } from "#lib/ids.ts";
import { withoutInvisible } from "./display-name.ts";
import { MAX_TITLE_LENGTH, TITLE_FORM } from "./room-title.ts";
import { ACCESS_LEVELS } from "./room.ts";

export const RoomAccessSchema = z.enum(ACCESS_LEVELS);
export const SourceLocksSchema = z.object({ microphone: z.boolean(), camera: z.boolean(), screenShare: z.boolean() });
export const RoleSchema = z.enum(["host", "cohost", "participant"]);
export const TimeMs = z.number().int().nonnegative();

/** A meeting's title: one line of at most 80 characters, may be empty. */
export const RoomTitle = z.string().max(MAX_TITLE_LENGTH).regex(TITLE_FORM).transform(withoutInvisible);

export const RoomParams = z.object({ code: RoomCode });

/** POST /api/rooms */
export const OpenRoomBody = z.strictObject({
  title: RoomTitle.optional(),
  access: RoomAccessSchema.optional(),
});
export const OpenedRoom = z.object({ code: RoomCode, expiresAtMs: TimeMs });
export type OpenedRoom = z.infer<typeof OpenedRoom>;

/** DELETE /api/rooms/{code} (owner) */
export const DeletedRoom = z.object({ deleted: z.literal(true) });

/**
 * GET /api/rooms/{code}: what anyone with the link can know before joining. Never a hint of who is in the meeting, or how many.
 * `state` is `locked` only for those who could not get past the lock.
 */
export const RoomCard = z.object({
  code: RoomCode,
  state: z.enum(["open", "locked", "ended"]),
  /** Whether the caller hosts the room. */
  isHost: z.boolean(),
  /** Whether the caller has to ask a host before joining. */
  mustAsk: z.boolean(),
  /** Hosts only; empty for others. */
  title: z.string(),
  /** Hosts only. */
  expiresAtMs: TimeMs.optional(),
  /** Hosts only: whether the meeting is running, so that they join it instead of starting it. */
  isLive: z.boolean().optional(),
  /** The caller's name if signed in, as others will see it. */
  signedInAs: z.string().optional(),
  /** Where the browser measures which region is near; missing where there is no choice. */
  regions: z.array(z.object({ region: z.string(), url: z.string() })).optional(),
});
export type RoomCard = z.infer<typeof RoomCard>;

/** GET /api/rooms: the rooms that the signed-in user hosts, live ones first, then newest first. */
export const MyRoom = z.object({
  code: RoomCode,
  title: z.string(),
  access: RoomAccessSchema,
  createdAtMs: TimeMs,
  expiresAtMs: TimeMs,
  isLive: z.boolean(),
  insideCount: z.number().int().nonnegative(),
  waitingCount: z.number().int().nonnegative(),
});
export type MyRoom = z.infer<typeof MyRoom>;
export const MyRooms = z.object({ rooms: z.array(MyRoom), nowMs: TimeMs });
export type MyRooms = z.infer<typeof MyRooms>;

/** What participants know about the room. */
export const RoomSettings = z.object({
  code: RoomCode,
  title: z.string(),
  access: RoomAccessSchema,
  isLocked: z.boolean(),
  locks: SourceLocksSchema,
  maxParticipants: z.number().int(),
  expiresAtMs: TimeMs,
  /** Hosts and co-hosts only: minutes until the meeting reaches its length limit. */
  minutesLeft: z.number().int().nonnegative().optional(),
});
export type RoomSettings = z.infer<typeof RoomSettings>;
