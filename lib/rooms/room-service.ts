import "server-only";
import { env } from "#lib/env.ts";
import { type AccountId, newRoomCode } from "#lib/ids.ts";
import { defaultLimits } from "./host-limits.ts";
import { listRooms, storeRoom } from "./room-repository.ts";
import type { MyRooms, OpenedRoom } from "./room-schema.ts";
import { LINK_LIFETIME_MS, NO_LOCKS, type Room, type RoomAccess } from "./room.ts";

/** Even with a million open rooms a code is taken once in ten million times; twice in a row is a bug of ours. */
const TRIES = 3;
/** No one reads a longer list, and Redis walks it in one step. */
const MOST_ROOMS = 200;

type Owner = { accountId: AccountId; name: string };
type Wish = { title?: string | undefined; access?: RoomAccess | undefined };

/** Creates a room with a link that is valid for 90 days. @throws AppError `rooms_limit`, `host_blocked`, `unavailable` */
export async function openRoom(owner: Owner, { title = "", access = "ask" }: Wish, nowMs: number): Promise<OpenedRoom> {
  const { rooms, people } = defaultLimits(env().MAX_PARTICIPANTS);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const room: Room = {
      code: newRoomCode(),
      title,
      ownerId: owner.accountId,
      ownerName: owner.name,
      access,
      isLocked: false,
      locks: NO_LOCKS,
      maxParticipants: people,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + LINK_LIFETIME_MS,
      endedAtMs: undefined,
      rev: 1,
    };
    if (await storeRoom(room, rooms)) return { code: room.code, expiresAtMs: room.expiresAtMs };
  }
  throw new Error("No free room code was found");
}

/** The rooms an account hosts: live ones first, then newest first. @throws AppError `unavailable` */
export async function listMyRooms(owner: AccountId, nowMs: number): Promise<MyRooms> {
  const rooms = await listRooms(owner, MOST_ROOMS, nowMs);
  return { rooms: rooms.toSorted((a, b) => Number(b.isLive) - Number(a.isLive)), nowMs };
}
