import { DeviceId, type Identity, type PersonKey, type RoomCode } from "#lib/ids.ts";
import { redis } from "#lib/redis/client.ts";
import { keys } from "#lib/redis/keys.ts";
import type { Role } from "#lib/rooms/room.ts";
import { reportSeat } from "#lib/seats/seat-repository.ts";

/** The heartbeat of this seat's participant. @returns their role; undefined when the seat was not renewed. */
export async function renewSeat(code: RoomCode, identity: Identity, nowMs: number): Promise<Role | undefined> {
  const seat = keys.ofRoom("seat", code, identity);
  const [person, device] = await Promise.all([
    redis().hget<string>(seat, "personKey"),
    redis().hget<string>(seat, "device"),
  ]);
  if (!person || !device) return undefined;
  return (await reportSeat(code, person as PersonKey, DeviceId.parse(device), nowMs)).role;
}
