import "server-only";
import type { LockableSource, RoomAccess } from "#lib/rooms/room.ts";
import { emit } from "#lib/seats/event-service.ts";
import { enforcement } from "./enforcement-service.ts";
import { type Moderator, type Outcome, act } from "./moderation-repository.ts";
import type { ModerationVerb } from "./moderation-schema.ts";
import { SET_FIELD } from "./action-repository.ts";

const FIELD = { microphone: "lockMicrophone", camera: "lockCamera", screenShare: "lockScreenShare" } as const;
const bit = (value: boolean) => (value ? "1" : "0");
const onOff = (value: boolean) => (value ? "on" : "off");

/** Forbids participants to publish a source: LiveKit refuses it, and unpublishes existing tracks. Moderators are exempt. */
export async function lockSource(who: Moderator, source: LockableSource, isLocked: boolean): Promise<void> {
  const change = { field: FIELD[source], value: bit(isLocked), detail: `${source}:${onOff(isLocked)}`, isRight: true };
  const outcome = await setField(who, "lock-source", change);
  const bound = outcome.people.filter(({ role }) => role === "participant");
  // Applied even without a change: LiveKit may not have answered the first time.
  await enforcement.applyRights(outcome.legs, bound, outcome.locks);
  if (!outcome.isChange) return;
  await emit({ ...who, ...outcome }, { type: "source.locked", source, isLocked, people: bound, by: who.by });
}

/** No one new can join, or ask to. */
export async function lockRoom(who: Moderator, isLocked: boolean): Promise<void> {
  const change = { field: "isLocked", value: bit(isLocked), detail: onOff(isLocked), isRight: true };
  await emitSetting(who, await setField(who, "lock-room", change));
}

/**
 * Opening the room admits no one automatically: the answer counts those who wait, and the host decides. Waiting guests are
 * nudged, because they may now be able to join without asking.
 */
export async function setAccess(who: Moderator, access: RoomAccess): Promise<{ waitingCount: number }> {
  const outcome = await setField(who, "set-access", { field: "access", value: access, detail: access, isRight: true });
  const waitingCount = Number(outcome.extra);
  await Promise.all([emitSetting(who, outcome), emit({ ...who, ...outcome }, { type: "access.chosen", waitingCount })]);
  return { waitingCount };
}

export async function setTitle(who: Moderator, title: string): Promise<void> {
  await emitSetting(
    who,
    await setField(who, "set-title", { field: "title", value: title, detail: title, isRight: false }),
  );
}

type Change = { field: string; value: string; detail: string; isRight: boolean };

function setField(who: Moderator, verb: ModerationVerb, { field, value, detail, isRight }: Change): Promise<Outcome> {
  return act(SET_FIELD, who, [field, value, verb, detail, bit(isRight)]);
}

async function emitSetting(who: Moderator, outcome: Outcome): Promise<void> {
  if (outcome.isChange) await emit({ ...who, ...outcome }, { type: "settings.changed" });
}
