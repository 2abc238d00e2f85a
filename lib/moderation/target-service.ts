import "server-only";
import { TrackSource } from "livekit-server-sdk";
import { newBanId } from "#lib/ids.ts";
import type { Role } from "#lib/rooms/room.ts";
import { emit } from "#lib/seats/event-service.ts";
import { sayFarewell } from "#lib/seats/farewell-service.ts";
import { enforcement } from "./enforcement-service.ts";
import { type Moderator, type Outcome, act, asList } from "./moderation-repository.ts";
import type { ModerationAction, ModerationVerb } from "./moderation-schema.ts";
import * as scripts from "./action-repository.ts";
import { mayDo } from "./powers.ts";
import { HEARD } from "./rights.ts";

export type AimedAction = Extract<ModerationAction, { identity: unknown }>;

const ROLES: readonly Role[] = ["participant", "cohost", "host"];

/** An action on one participant. The truth table gives the allowed target roles; the script compares them with the target's role. */
export async function hit(who: Moderator, action: AimedAction): Promise<void> {
  const aim = [action.identity, rolesHitBy(who.role, action.action)];
  switch (action.action) {
    case "mute":
    case "stop-camera":
    case "stop-share":
      return stop(who, action.action, await act(scripts.NOTE_TARGET, who, [...aim, action.action]));
    case "lower-hand":
      return lowerHand(who, await act(scripts.LOWER_HAND, who, aim));
    case "make-cohost":
      return changeRole(who, "made-cohost", await act(scripts.SET_ROLE, who, [...aim, "cohost", action.action]));
    case "unmake-cohost":
      return changeRole(who, "unmade-cohost", await act(scripts.SET_ROLE, who, [...aim, "participant", action.action]));
    case "expel":
      return expel(who, [...aim, action.ban ? 1 : 0, newBanId()]);
    default:
      return action satisfies never;
  }
}

/** In the format of the scripts: `,participant,cohost,`. */
function rolesHitBy(role: Role, verb: ModerationVerb): string {
  return `,${ROLES.filter((target) => mayDo(role, verb, { role: target, isSelf: false })).join(",")},`;
}

async function stop(who: Moderator, verb: "mute" | "stop-camera" | "stop-share", outcome: Outcome): Promise<void> {
  const { legs, people, locks } = outcome;
  for (const person of people) {
    if (verb === "mute") await enforcement.mute(legs, person, HEARD);
    if (verb === "stop-camera") await enforcement.mute(legs, person, [TrackSource.CAMERA]);
    if (verb === "stop-share") await enforcement.stopShare(legs, person, locks);
  }
  const types = { mute: "muted", "stop-camera": "camera-stopped", "stop-share": "share-stopped" } as const;
  await emit({ ...who, ...outcome }, { type: "participant.silenced", what: types[verb], people, by: who.by });
}

async function lowerHand(who: Moderator, outcome: Outcome): Promise<void> {
  if (!outcome.isChange) return;
  await enforcement.showHands(outcome.legs, outcome.people, "");
  await emit({ ...who, ...outcome }, { type: "hand.lowered", people: outcome.people, by: who.by });
}

async function changeRole(who: Moderator, what: "made-cohost" | "unmade-cohost", outcome: Outcome): Promise<void> {
  if (!outcome.isChange) return;
  await enforcement.applyRights(outcome.legs, outcome.people, outcome.locks);
  await emit({ ...who, ...outcome }, { type: "role.changed", what, people: outcome.people, by: who.by });
}

async function expel(who: Moderator, args: readonly (string | number)[]): Promise<void> {
  const outcome = await act(scripts.EXPEL, who, args);
  const seats = asList(outcome.extra).map(String);
  // Legs run in parallel, so that one without an answer does not hold up the others.
  await Promise.all(
    outcome.legs.map(async (leg) => {
      // Notified before the disconnect, so that the screen can show the reason.
      if (outcome.isChange) await sayFarewell([leg], { type: "expelled", by: who.by }, seats);
      // Repeated even without a change: LiveKit may not have answered the first time.
      await enforcement.disconnect([leg], new Set(seats));
    }),
  );
  if (!outcome.isChange) return;
  await emit({ ...who, ...outcome }, { type: "participant.removed", identities: seats, by: who.by });
}
