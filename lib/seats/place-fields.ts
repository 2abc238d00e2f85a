import "server-only";
import { z } from "zod";
import { DeviceId, Identity, type PersonKey, SessionId } from "#lib/ids.ts";
import { lookOf } from "#lib/rooms/name-look.ts";
import { ParticipantKind } from "#lib/rooms/participant-kind.ts";
import type { Leg, Seat, Session } from "./seat.ts";

const count = z.coerce.number().nonnegative();

const SessionFields = z.object({
  sessionId: SessionId,
  startedAtMs: count,
  endsAtMs: count.optional(),
  hostSeenAtMs: count.default(0),
  hostGoneSinceMs: count.optional(),
  lastSeenAtMs: count.default(0),
  chatSeq: count.default(0),
});

const SeatFields = z.object({
  identity: Identity,
  personKey: z.string().transform((value) => value as PersonKey),
  device: DeviceId,
  name: z.string(),
  kind: ParticipantKind,
  status: z.enum(["reserved", "present", "away", "removed"]),
  reason: z.enum(["", "left", "moved", "expelled", "banned"]).default(""),
  joinedAtMs: count,
  sid: z.string().default(""),
  homeLeg: z.string(),
  homeCount: count.default(1),
  handRaisedAtMs: count.default(0),
  heldUntilMs: count,
  addressKey: z.string().default(""),
});

const LegFields = z.tuple([z.string(), z.string(), z.enum(["live", "closed"])]);

/** @returns undefined when the fields are not a seat: treat an unreadable seat as absent. */
export function parseSeat(fields: Record<string, string>): Seat | undefined {
  return SeatFields.safeParse(fields).data;
}

/** A seat as its hash stores it. When it lapses is in another key. */
export function seatFields(seat: Seat, sessionId: string): string[] {
  const { heldUntilMs: _, ...stored } = seat;
  return Object.entries({ ...stored, sessionId, look: lookOf(seat.name) }).flatMap(([name, value]) => [
    name,
    String(value),
  ]);
}

export function parseSession(fields: Record<string, string>): Session | undefined {
  return SessionFields.safeParse(fields).data;
}

export function parseLegs(fields: Record<string, string>): Leg[] {
  return Object.entries(fields).flatMap(([leg, text]) => {
    const parsed = LegFields.safeParse(text.split("|"));
    if (!parsed.success) return [];
    const [site, room, state] = parsed.data;
    return [{ leg, site, room, state }];
  });
}
