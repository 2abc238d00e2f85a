import "server-only";
import { type Actor, personKeyOf } from "#lib/auth/actor.ts";
import { AppError } from "#lib/errors.ts";
import type { DeviceId, PersonKey, RoomCode } from "#lib/ids.ts";
import type { SiteStates } from "#lib/regions/placement.ts";
import { readSiteStates } from "#lib/regions/site-repository.ts";
import { atPrimary, replicaFrom } from "#lib/revisions.ts";
import { isModerator } from "#lib/rooms/room.ts";
import { requireInside } from "#lib/seats/seat-guards.ts";
import { readPlace } from "#lib/seats/seat-repository.ts";
import type { Place } from "#lib/seats/seat.ts";
import { type ReadEntry, readEntry } from "./lobby-repository.ts";
import type { Ticket } from "./ticket.ts";

type Asked = {
  actor: Actor;
  params: { code: RoomCode };
  device: DeviceId | undefined;
  addressKey: string;
  nowMs: number;
};

/** Anybody at the door, and how the media sites are should they be let in. @throws AppError `room_unknown` */
export async function visitor(asked: Asked): Promise<{ read: ReadEntry; states: SiteStates }> {
  const [read, states] = await Promise.all([atDoor(asked), readSiteStates(asked.nowMs)]);
  return { read, states };
}

/** The key of somebody who is known: an account, or a guest with a pass. */
export function keyOf(actor: Actor, code: RoomCode): PersonKey {
  const key = personKeyOf(actor, code);
  if (!key) throw new Error("A guest without a pass is nobody yet");
  return key;
}

/** Anybody with the link: what they are to the room. @throws AppError `room_unknown` */
export async function atDoor({ actor, params, addressKey, nowMs }: Asked): Promise<ReadEntry> {
  const read = await readEntry(params.code, { personKey: personKeyOf(actor, params.code), addressKey }, nowMs);
  if (!read) throw new AppError("room_unknown");
  return read;
}

export type Waiting = { read: ReadEntry; ticket: Ticket; personKey: PersonKey };
/** A user at the door, with their request, if they made one. */
export type Asker = { read: ReadEntry; waiting: Waiting | undefined };

/** Anybody at the door, and their request to enter, whatever became of it. @throws AppError `room_unknown` */
export async function asker(asked: Asked): Promise<Asker> {
  const near = await atDoor(asked);
  // A replica may not know of a request yet that was made by a page that is gone, as after a reload.
  const isCertain = near.ticket !== undefined || near.place.personKey === undefined || replicaFrom() === undefined;
  const read = isCertain ? near : await atPrimary(() => atDoor(asked));
  const { ticket, place } = read;
  const { personKey } = place;
  return { read, waiting: ticket && personKey ? { read, ticket, personKey } : undefined };
}

/** Somebody who decides on those who wait, and what they are called. */
export type Keeper = { place: Place; name: string };

/**
 * Hosts and co-hosts inside, and the owner from anywhere: a host who reconnects still sees the list.
 *
 * @throws AppError `room_unknown`, `not_allowed`, and what `insider` throws.
 */
export async function lobbyKeeper({ actor, params, device, nowMs }: Asked): Promise<Keeper> {
  const place = await readPlace(params.code, personKeyOf(actor, params.code), nowMs);
  if (!place) throw new AppError("room_unknown");
  if (actor.kind === "account" && place.room.ownerId === actor.accountId) return { place, name: actor.name };
  const { seat } = requireInside(place, device);
  if (!isModerator(place.role)) throw new AppError("not_allowed");
  return { place, name: seat.name };
}
