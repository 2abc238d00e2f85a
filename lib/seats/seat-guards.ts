import "server-only";
import { type Actor, personKeyOf } from "#lib/auth/actor.ts";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import type { DeviceId, RoomCode } from "#lib/ids.ts";
import { type Role, isModerator } from "#lib/rooms/room.ts";
import { wasInsideAtEnd } from "./end-repository.ts";
import { readPlace, reportSeat } from "./seat-repository.ts";
import { type Place, type Seat, seatOn } from "./seat.ts";

type Asked = { actor: Actor; params: { code: RoomCode }; device: DeviceId | undefined; nowMs: number };

/** A participant of the meeting: their room context, and the seat of this tab. */
export type Inside = { place: Place; seat: Seat };

const WHY: Record<Seat["reason"], ErrorCode> = {
  "": "removed",
  left: "not_inside",
  moved: "moved",
  expelled: "removed",
  banned: "banned",
};

/** Anyone. @throws AppError `room_unknown` */
export async function anyone({ actor, params, nowMs }: Asked): Promise<Place> {
  const place = await readPlace(params.code, personKeyOf(actor, params.code), nowMs);
  if (!place) throw new AppError("room_unknown");
  return place;
}

/**
 * A participant in the running meeting, by this tab's seat.
 *
 * @throws AppError `room_unknown`, `room_ended`, `banned`, `removed`, `moved`, `not_inside`
 */
export async function insider(asked: Asked): Promise<Inside> {
  return insideOf(await anyone(asked), asked);
}

/** Result of a heartbeat; the role is undefined when the seat could not be renewed. */
export type Reporter = Inside & { role: Role | undefined };

/** As `insider`, and renews the seat in the same step. @throws AppError as `insider` */
export async function reporter(asked: Asked): Promise<Reporter> {
  const { actor, params, device, nowMs } = asked;
  const personKey = personKeyOf(actor, params.code);
  if (personKey === undefined || device === undefined) return { ...(await insider(asked)), role: undefined };
  const { place, role } = await reportSeat(params.code, personKey, device, nowMs);
  if (!place) throw new AppError("room_unknown");
  return { ...(await insideOf(place, asked)), role };
}

async function insideOf(place: Place, { device, params }: Asked): Promise<Inside> {
  // The seat ended with its meeting. If the owner has started the next one since, this tab must not join it.
  const isUnknown = device !== undefined && seatOn(place, device) === undefined && !place.isBanned;
  if (isUnknown && (await wasInsideAtEnd(params.code, device))) throw new AppError("room_ended");
  return requireInside(place, device);
}

/** @throws AppError as `insider` */
export function requireInside(place: Place, device: DeviceId | undefined): Inside {
  if (place.isBanned) throw new AppError("banned");
  const seat = seatOn(place, device);
  if (seat?.status === "removed") throw new AppError(WHY[seat.reason]);
  if (place.room.endedAtMs !== undefined) throw new AppError("room_ended");
  if (!seat || !place.session) throw new AppError("not_inside");
  return { place, seat };
}

/** A host or co-host in the meeting. @throws AppError as `insider`, and `not_allowed` */
export async function moderator(asked: Asked): Promise<Inside> {
  const inside = await insider(asked);
  if (!isModerator(inside.place.role)) throw new AppError("not_allowed");
  return inside;
}

/** The room's owner, in the meeting or not. @throws AppError `room_unknown`, `not_allowed` */
export async function owner(asked: Asked): Promise<Place> {
  const place = await anyone(asked);
  if (asked.actor.kind !== "account" || place.room.ownerId !== asked.actor.accountId) throw new AppError("not_allowed");
  return place;
}
