import "server-only";
import { AppError } from "#lib/errors.ts";
import { endSession } from "#lib/seats/end-service.ts";
import { emit } from "#lib/seats/event-service.ts";
import type { Inside } from "#lib/seats/seat-guards.ts";
import { enforcement } from "./enforcement-service.ts";
import { type Moderator, act } from "./moderation-repository.ts";
import type { ModerationAction, ModerationAnswer } from "./moderation-schema.ts";
import * as scripts from "./action-repository.ts";
import { mayDo } from "./powers.ts";
import { lockRoom, lockSource, setAccess, setTitle } from "./settings-service.ts";
import { hit } from "./target-service.ts";

/**
 * Carries out one action: checks the truth table, changes Redis, updates LiveKit, then notifies the participants. Webhooks and
 * the sweep repeat what LiveKit did not answer. A failure there never undoes the change in Redis.
 *
 * @throws AppError `not_allowed`, `person_unknown`, `changed_meanwhile`, `unavailable`
 */
export async function moderate(
  { place, seat }: Inside,
  action: ModerationAction,
  nowMs: number,
): Promise<ModerationAnswer> {
  const acting = { code: place.room.code, identity: seat.identity, role: place.role, nowMs };
  const moderator = { ...acting, by: seat.name, sessionId: place.session?.sessionId };
  if (!("identity" in action) && !mayDo(place.role, action.action)) throw new AppError("not_allowed");
  const facts = await carryOut(moderator, action);
  return { done: true, ...facts };
}

async function carryOut(who: Moderator, action: ModerationAction): Promise<{ waitingCount?: number } | undefined> {
  switch (action.action) {
    case "mute-all":
      return void (await muteAll(who));
    case "lower-all-hands":
      return void (await lowerAllHands(who));
    case "lock-source":
      return void (await lockSource(who, action.source, action.isLocked));
    case "lock-room":
      return void (await lockRoom(who, action.isLocked));
    case "set-access":
      return setAccess(who, action.access);
    case "set-title":
      return void (await setTitle(who, action.title));
    case "unban":
      return void (await unban(who, action.banId));
    case "end":
      return void (await end(who));
    default:
      return void (await hit(who, action));
  }
}

/** Moderators are exempt: they control their own microphones. */
async function muteAll(who: Moderator): Promise<void> {
  const outcome = await act(scripts.MUTE_ALL, who);
  const muted = outcome.people.filter(({ role }) => role === "participant");
  const exempt = new Set(outcome.people.filter(({ role }) => role !== "participant").map(({ identity }) => identity));
  await enforcement.muteAll(outcome.legs, exempt);
  await emit({ ...who, ...outcome }, { type: "participant.silenced", what: "muted", people: muted, by: who.by });
}

async function lowerAllHands(who: Moderator): Promise<void> {
  const outcome = await act(scripts.LOWER_ALL_HANDS, who);
  const others = outcome.people.filter(({ identity }) => identity !== who.identity);
  await enforcement.showHands(outcome.legs, outcome.people, "");
  await emit({ ...who, ...outcome }, { type: "hand.lowered", people: others, by: who.by });
}

async function unban(who: Moderator, banId: string): Promise<void> {
  const outcome = await act(scripts.UNBAN, who, [banId]);
  await emit({ ...who, ...outcome }, { type: "ban.lifted" });
}

/** Notifies all participants before LiveKit's rooms close. */
async function end(who: Moderator): Promise<void> {
  await act(scripts.NOTE, who, ["end"]);
  await endSession(who.code, who.by, who.nowMs);
}
