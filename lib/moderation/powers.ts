import { type Role, isModerator } from "#lib/rooms/room.ts";
import type { ModerationVerb } from "./moderation-schema.ts";

/** Verbs that hit one person. */
const AIMED = ["mute", "stop-camera", "stop-share", "lower-hand", "expel", "make-cohost", "unmake-cohost"] as const;
type AimedVerb = (typeof AIMED)[number];

/** What the one acted upon is to the one who acts. */
export type Target = { role: Role; isSelf: boolean };

/**
 * Who may do what to whom: the one truth table. The server decides by it, and the screen offers by it.
 *
 * Hosts do everything to everybody but themselves. Co-hosts do the same to participants, may also polite-mute, stop and
 * lower the hand of each other, and never touch a host, make or unmake co-hosts, or end the meeting. Participants do nothing.
 *
 * @param target - Needed for verbs that hit one person; without it they are refused.
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
  // One's own devices and hand have buttons of their own.
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
