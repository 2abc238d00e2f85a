import { z } from "zod";
import { AccountId, RoomCode } from "#lib/ids.ts";
import { ACCESS_LEVELS, type Room } from "./room.ts";

const count = z.coerce.number().int().nonnegative();
const bit = z.enum(["0", "1"]).transform((value) => value === "1");

/** A room's hash in Redis, as it is read. */
const RoomFields = z
  .object({
    code: RoomCode,
    title: z.string().default(""),
    ownerId: AccountId,
    ownerName: z.string(),
    access: z.enum(ACCESS_LEVELS),
    isLocked: bit,
    lockMicrophone: bit,
    lockCamera: bit,
    lockScreenShare: bit,
    maxParticipants: count,
    createdAtMs: count,
    expiresAtMs: count,
    endedAtMs: count,
    rev: count,
  })
  .transform(({ lockMicrophone, lockCamera, lockScreenShare, endedAtMs, ...rest }): Room => ({
    ...rest,
    locks: { microphone: lockMicrophone, camera: lockCamera, screenShare: lockScreenShare },
    endedAtMs: endedAtMs === 0 ? undefined : endedAtMs,
  }));

/** @returns undefined for a missing or unreadable hash: such a room does not exist. */
export function parseRoom(fields: Record<string, string>): Room | undefined {
  return RoomFields.safeParse(fields).data;
}

/** A room as the flat list of fields that `HSET` takes. */
export function roomFields(room: Room): string[] {
  const bitOf = (value: boolean) => (value ? "1" : "0");
  return Object.entries({
    code: room.code,
    title: room.title,
    ownerId: room.ownerId,
    ownerName: room.ownerName,
    access: room.access,
    isLocked: bitOf(room.isLocked),
    lockMicrophone: bitOf(room.locks.microphone),
    lockCamera: bitOf(room.locks.camera),
    lockScreenShare: bitOf(room.locks.screenShare),
    maxParticipants: String(room.maxParticipants),
    createdAtMs: String(room.createdAtMs),
    expiresAtMs: String(room.expiresAtMs),
    endedAtMs: String(room.endedAtMs ?? 0),
    rev: String(room.rev),
  }).flat();
}
