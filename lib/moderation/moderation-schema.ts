import { z } from "zod";
import { BanId, Identity } from "#lib/ids.ts";
import { LOCKABLE_SOURCES } from "#lib/rooms/room.ts";
import { RoomAccessSchema, RoomTitle, TimeMs } from "#lib/rooms/room-schema.ts";

const target = { identity: Identity };

/** POST /api/rooms/{code}/moderation: one action per request, carried out on the server. Repeating it changes nothing. */
export const ModerationAction = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("mute"), ...target }),
  z.strictObject({ action: z.literal("stop-camera"), ...target }),
  z.strictObject({ action: z.literal("stop-share"), ...target }),
  z.strictObject({ action: z.literal("lower-hand"), ...target }),
  z.strictObject({ action: z.literal("expel"), ...target, ban: z.boolean() }),
  z.strictObject({ action: z.literal("make-cohost"), ...target }),
  z.strictObject({ action: z.literal("unmake-cohost"), ...target }),
  z.strictObject({ action: z.literal("unban"), banId: BanId }),
  z.strictObject({ action: z.literal("mute-all") }),
  z.strictObject({ action: z.literal("lower-all-hands") }),
  z.strictObject({ action: z.literal("lock-source"), source: z.enum(LOCKABLE_SOURCES), isLocked: z.boolean() }),
  z.strictObject({ action: z.literal("lock-room"), isLocked: z.boolean() }),
  z.strictObject({ action: z.literal("set-access"), access: RoomAccessSchema }),
  z.strictObject({ action: z.literal("set-title"), title: RoomTitle }),
  z.strictObject({ action: z.literal("end") }),
]);
export type ModerationAction = z.infer<typeof ModerationAction>;
export type ModerationVerb = ModerationAction["action"];

/** `waitingCount` is set when `set-access` opened the room: the host is asked whether to admit the guests who wait. */
export const ModerationAnswer = z.object({ done: z.literal(true), waitingCount: z.number().int().optional() });
export type ModerationAnswer = z.infer<typeof ModerationAnswer>;

/** One entry of the activity log that hosts see. Names are those used at the time. */
export const LogEntry = z.object({
  atMs: TimeMs,
  /** Display name; empty when the system acted. */
  by: z.string(),
  /** A verb of ModerationAction, or another logged event. */
  what: z.string(),
  /** Display name of the target; empty when there is none. */
  target: z.string(),
  /** For example `ban`, `microphone:on`, `open`; empty when there is none. */
  detail: z.string(),
});
export type LogEntry = z.infer<typeof LogEntry>;

export const Ban = z.object({ banId: BanId, name: z.string(), by: z.string(), atMs: TimeMs });
export type Ban = z.infer<typeof Ban>;

/** A co-host who left the meeting. `identity` is a former seat of theirs; hosts revoke the role through it. */
export const AbsentCohost = z.object({ identity: Identity, name: z.string() });
export type AbsentCohost = z.infer<typeof AbsentCohost>;

/** GET /api/rooms/{code}/moderation (hosts) */
export const ModerationRecord = z.object({
  bans: z.array(Ban),
  log: z.array(LogEntry),
  absentCohosts: z.array(AbsentCohost),
});
export type ModerationRecord = z.infer<typeof ModerationRecord>;
