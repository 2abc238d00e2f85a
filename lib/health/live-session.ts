import type { SessionId } from "#lib/ids.ts";
import { parseMediaRoom } from "#lib/presence/media-room.ts";

/** A LiveKit room as its site lists it. */
export type ListedRoom = { site: string; name: string; participants: number; publishers: number; createdAtMs: number };

export type LiveLeg = { leg: string; site: string; participants: number; publishers: number };
/** A running session: its legs, and no names. The session's id opens nothing. */
export type LiveSession = { session: SessionId; sinceMs: number; participants: number; legs: LiveLeg[] };

/**
 * Sessions as their sites list them, largest first.
 *
 * All participants are on every leg, so a session's participants are those of its fullest leg, not the sum.
 */
export function liveSessions(rooms: readonly ListedRoom[]): LiveSession[] {
  const sessions = new Map<string, LiveSession>();
  for (const { site, name, participants, publishers, createdAtMs } of rooms) {
    const parsed = parseMediaRoom(name);
    if (parsed?.kind !== "meeting") continue;
    const before = sessions.get(parsed.sessionId);
    sessions.set(parsed.sessionId, {
      session: parsed.sessionId,
      sinceMs: Math.min(before?.sinceMs ?? Infinity, createdAtMs),
      participants: Math.max(before?.participants ?? 0, participants),
      legs: [...(before?.legs ?? []), { leg: parsed.leg, site, participants, publishers }],
    });
  }
  const legsInOrder = (one: LiveSession) => ({ ...one, legs: one.legs.toSorted((a, b) => compare(a.leg, b.leg)) });
  return [...sessions.values()]
    .map(legsInOrder)
    .toSorted((a, b) => b.participants - a.participants || a.sinceMs - b.sinceMs);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
