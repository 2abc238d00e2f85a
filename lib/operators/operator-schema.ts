import { z } from "zod";
import { AccountId, RoomCode, SessionId } from "#lib/ids.ts";
import { LIMIT_RANGES } from "#lib/rooms/host-limits.ts";
import { TimeMs } from "#lib/rooms/room-schema.ts";

/** What operators call a room: it reveals nothing about the code, which would open the meeting. */
export const RoomRef = z
  .string()
  .regex(/^[\w-]{27}$/)
  .brand<"RoomRef">();
export type RoomRef = z.infer<typeof RoomRef>;

const Site = z.string().regex(/^[a-z0-9-]{1,24}$/);
const limit = (name: keyof typeof LIMIT_RANGES) =>
  z.number().int().min(LIMIT_RANGES[name].least).max(LIMIT_RANGES[name].most);

/** What an account may use; null restores the default. */
const WantedLimits = z.strictObject({
  rooms: limit("rooms").nullable(),
  meetings: limit("meetings").nullable(),
  people: limit("people").nullable(),
  minutes: limit("minutes").nullable(),
});
export type WantedLimits = z.infer<typeof WantedLimits>;

/** POST /api/status/actions: one action of an operator. */
export const OperatorAction = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("end-meeting"), session: SessionId }),
  z.strictObject({ action: z.literal("delete-room"), account: AccountId, room: RoomRef }),
  z.strictObject({ action: z.literal("block"), account: AccountId }),
  z.strictObject({ action: z.literal("unblock"), account: AccountId }),
  z.strictObject({ action: z.literal("set-limits"), account: AccountId, limits: WantedLimits }),
  z.strictObject({ action: z.literal("drain"), site: Site }),
  z.strictObject({ action: z.literal("undrain"), site: Site }),
]);
export type OperatorAction = z.infer<typeof OperatorAction>;
export const ActionDone = z.object({ done: z.literal(true) });

const Count = z.number().int().nonnegative();
const Limits = z.object({ rooms: Count, meetings: Count, people: Count, minutes: Count });

/** GET /api/status/accounts/{account}: no name, no title, no code. */
export const AccountUse = z.object({
  account: AccountId,
  blockedAtMs: TimeMs.optional(),
  /** An operator's own account cannot be blocked. */
  isOperator: z.boolean(),
  limits: Limits,
  /** The limits that differ from the defaults. */
  own: Limits.partial(),
  defaults: Limits,
  /** Newest first. */
  rooms: z.array(
    z.object({
      room: RoomRef,
      createdAtMs: TimeMs,
      expiresAtMs: TimeMs,
      insideCount: Count,
      /** The meeting that is running there. */
      session: SessionId.optional(),
    }),
  ),
  nowMs: TimeMs,
});
export type AccountUse = z.infer<typeof AccountUse>;

export const AccountParams = z.object({ account: AccountId });

/** GET /api/status/rooms/{code}: the owner of the room that a link leads to. */
export const FoundRoom = z.object({ account: AccountId, room: RoomRef });
export type FoundRoom = z.infer<typeof FoundRoom>;
export const FindParams = z.object({ code: RoomCode });
