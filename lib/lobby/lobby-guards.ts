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

/** Any visitor, and the state of the media sites for their entry. @throws AppError `room_unknown` */
export async function visitor(asked: Asked): Promise<{ read: ReadEntry; states: SiteStates }> {
  const [read, states] = await Promise.all([atDoor(asked), readSiteStates(asked.nowMs)]);
  return { read, states };
}

/** The key of an account, or of a guest with a pass. */
export function keyOf(actor: Actor, code: RoomCode): PersonKey {
  const key = personKeyOf(actor, code);
  if (!key) throw new Error("A guest without a pass is not known yet");
  return key;
}

/** Anyone with the link. @throws AppError `room_unknown` */
export async function atDoor({ actor, params, addressKey, nowMs }: Asked): Promise<ReadEntry> {
  const read = await readEntry(params.code, { personKey: personKeyOf(actor, params.code), addressKey }, nowMs);
  if (!read) throw new AppError("room_unknown");
  return read;
}

export type Waiting = { read: ReadEntry; ticket: Ticket; personKey: PersonKey };
/** A visitor, with their request if they made one. */
export type Asker = { read: ReadEntry; waiting: Waiting | undefined };

/** Any visitor, and their request to join in whatever state. @throws AppError `room_unknown` */
export async function asker(asked: Asked): Promise<Asker> {
  const near = await atDoor(asked);
  // After a reload, a replica may not have the request yet that the previous page made.
  const isCertain = near.ticket !== undefined || near.place.personKey === undefined || replicaFrom() === undefined;
  const read = isCertain ? near : await atPrimary(() => atDoor(asked));
  const { ticket, place } = read;
  const { personKey } = place;
  return { read, waiting: ticket && personKey ? { read, ticket, personKey } : undefined };
}

/** A user who can decide on tickets, and the name that others see. */
export type Keeper = { place: Place; name: string };

/**
 * Moderators in the meeting, and the owner from anywhere: a host who reconnects still sees the list.
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
