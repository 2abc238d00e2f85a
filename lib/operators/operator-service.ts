import "server-only";
import type { AccountActor } from "#lib/auth/actor.ts";
import { saveBlocked, saveUnblocked } from "#lib/auth/block-repository.ts";
import { opaque } from "#lib/auth/opaque.ts";
import { env } from "#lib/env.ts";
import { configuredSites } from "#lib/shared-env.ts";
import { AppError } from "#lib/errors.ts";
import type { AccountId, RoomCode, SessionId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { findRoomOf } from "#lib/presence/entitlement-repository.ts";
import { markDrained, mediaSites, readSiteStates } from "#lib/regions/site-repository.ts";
import { defaultLimits, limitsOf } from "#lib/rooms/host-limits.ts";
import { deleteRoom, endSession } from "#lib/seats/end-service.ts";
import { mayDrain } from "./drain-rule.ts";
import { readOwner, readStoredUse, saveLimits } from "./operator-repository.ts";
import { type AccountUse, type FoundRoom, type OperatorAction, RoomRef } from "./operator-schema.ts";

/** A name for a room that opens no meeting. */
export function roomRef(code: RoomCode): RoomRef {
  return RoomRef.parse(opaque("room", code));
}

/** What an account uses and may use. @throws AppError `unavailable` */
export async function readAccountUse(account: AccountId, nowMs: number): Promise<AccountUse> {
  const { blockedAtMs, own, rooms } = await readStoredUse(account, nowMs);
  const defaults = defaultLimits(env().MAX_PARTICIPANTS);
  return {
    account,
    ...(blockedAtMs !== undefined && { blockedAtMs }),
    isOperator: env().OPERATORS.includes(account),
    limits: limitsOf(own, defaults),
    own,
    defaults,
    rooms: rooms.map(({ code, session, ...room }) => {
      return { room: roomRef(code), ...room, ...(session && room.insideCount > 0 && { session }) };
    }),
    nowMs,
  };
}

/**
 * The owner of the room that a link leads to, for an operator who received a complaint with it. @throws AppError
 * `room_unknown`, `unavailable`
 */
export async function findRoom(code: RoomCode): Promise<FoundRoom> {
  const account = await readOwner(code);
  if (!account) throw new AppError("room_unknown");
  return { account, room: roomRef(code) };
}

/**
 * Runs one action of an operator. It is logged before it runs, so that an attempt that fails halfway is on record too.
 *
 * @throws AppError `not_found` when there is no such meeting, room or site; `not_allowed` for blocking an operator and for a
 * retiring region; `last_site`; `unavailable`
 */
export async function act(operator: AccountActor, action: OperatorAction, nowMs: number): Promise<{ done: true }> {
  log("info", "operator.acts", { operator: operator.accountId, action: action.action, target: targetOf(action) });
  await carryOut(action, nowMs);
  return { done: true };
}

function targetOf(action: OperatorAction): string {
  if ("session" in action) return action.session;
  if ("site" in action) return action.site;
  if ("room" in action) return `${action.account} ${action.room}`;
  return action.account;
}

async function carryOut(action: OperatorAction, nowMs: number): Promise<void> {
  switch (action.action) {
    case "end-meeting":
      return endMeeting(action.session, nowMs);
    case "delete-room":
      return deleteRoomOf(action.account, action.room, nowMs);
    case "block":
      return block(action.account, nowMs);
    case "unblock":
      return saveUnblocked(action.account);
    case "set-limits":
      return saveLimits(action.account, action.limits, defaultLimits(env().MAX_PARTICIPANTS));
    case "drain":
      return drain(action.site, nowMs);
    case "undrain":
      return undrain(action.site);
    default:
      return action satisfies never;
  }
}

async function endMeeting(session: SessionId, nowMs: number): Promise<void> {
  const code = await findRoomOf(session);
  if (!code) throw new AppError("not_found");
  await endSession(code, "", nowMs, session);
}

async function deleteRoomOf(account: AccountId, room: RoomRef, nowMs: number): Promise<void> {
  const { rooms } = await readStoredUse(account, nowMs);
  const found = rooms.find(({ code }) => roomRef(code) === room);
  if (!found) throw new AppError("not_found");
  await deleteRoom({ code: found.code, ownerId: account, ownerName: "" });
}

/** The block comes first, so that no new meeting can begin; then running meetings are ended. */
async function block(account: AccountId, nowMs: number): Promise<void> {
  if (env().OPERATORS.includes(account)) throw new AppError("not_allowed");
  await saveBlocked(account, nowMs);
  const { rooms } = await readStoredUse(account, nowMs);
  const live = rooms.filter(({ session }) => session !== undefined);
  await Promise.all(live.map(({ code, session }) => endSession(code, "", nowMs, session)));
}

async function drain(site: string, nowMs: number): Promise<void> {
  const { drained } = await readSiteStates(nowMs);
  const verdict = mayDrain(site, mediaSites().map((one) => one.site), drained); // prettier-ignore
  if (verdict !== "yes") throw new AppError(verdict);
  await markDrained(site, true);
}

async function undrain(site: string): Promise<void> {
  const known = configuredSites().filter((one) => one.site === site);
  if (known.length === 0) throw new AppError("not_found");
  // A retiring region is drained by its configuration.
  if (known.some(({ isRetiring }) => isRetiring)) throw new AppError("not_allowed");
  await markDrained(site, false);
}
