import { type Role, isModerator } from "#lib/rooms/room.ts";
import type { ModerationVerb } from "./moderation-schema.ts";

/** Verbs that target one participant. */
const AIMED = ["mute", "stop-camera", "stop-share", "lower-hand", "expel", "make-cohost", "unmake-cohost"] as const;
type AimedVerb = (typeof AIMED)[number];

/** The target as seen by the actor. */
export type Target = { role: Role; isSelf: boolean };

/**
 * Who can do what to which role: the only truth table. The server decides with it, and the screen shows buttons by it.
 *
 * Hosts can do everything to everyone but themselves. Co-hosts can do the same to participants. They can also mute other
 * co-hosts, stop their camera or share, and lower their hand. They cannot touch a host, make or remove co-hosts, or end the
 * meeting. Participants can do nothing.
 *
 * @param target - Required for verbs that target one participant; without it they are refused.
 */
export function mayDo(role: Role, verb: ModerationVerb, target?: Target): boolean {
  if (!isModerator(role)) return false;
  if (isAimed(verb)) return target !== undefined && mayHit(role, verb, target);
  return role === "host" || verb !== "end";
}

function isAimed(verb: ModerationVerb): verb is AimedVerb {
  return (AIMED as readonly string[]).includes(verb);
}

function mayHit(role: Role, verb: AimedVerb, target: Target): boolean {
  // Users have other buttons for their own devices and hand.
  if (target.isSelf) return false;
  switch (verb) {
    case "mute":
    case "stop-camera":
    case "stop-share":
    case "lower-hand":
      return role === "host" || target.role !== "host";
    case "expel":
      return target.role === "participant" || (role === "host" && target.role === "cohost");
    case "make-cohost":
      return role === "host" && target.role === "participant";
    case "unmake-cohost":
      return role === "host" && target.role === "cohost";
    default:
      return verb satisfies never;
  }
}
