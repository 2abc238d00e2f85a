import type { ParticipantKind } from "#lib/rooms/participant-kind.ts";
import { readParticipantKind } from "#lib/rooms/read-participant-kind.ts";
import type { Role } from "#lib/rooms/room.ts";

/**
 * LiveKit participant attributes, set only by the server (no grant lets a browser change them). LiveKit requires strings. `hand` is
 * the server time in ms at which the hand was raised, or empty. `person` is the same on all devices of a person.
 */
export type SeatAttributes = {
  role: Role;
  kind: ParticipantKind;
  person: string;
  hand: string;
  joinedAtMs: string;
  /** The seat's home leg: `homeAttribute`. */
  home: string;
};

/** Reads the attributes of a participant. A missing or unreadable one counts as the least that it can mean. */
export function readSeatAttributes(attributes: Readonly<Partial<Record<string, string>>>): SeatAttributes {
  const { role, kind, person = "", hand = "", joinedAtMs = "", home = "" } = attributes;
  return {
    role: role === "host" || role === "cohost" ? role : "participant",
    kind: readParticipantKind(kind) ?? "guest",
    person,
    hand: /^\d*$/.test(hand) ? hand : "",
    joinedAtMs: /^\d+$/.test(joinedAtMs) ? joinedAtMs : "0",
    home: /^\d+:[a-z0-9-]+$/.test(home) ? home : "",
  };
}
