import { type Nudge, parseNudge, SYSTEM_TOPIC } from "#lib/rooms/nudge-schema.ts";

/**
 * Reads a data packet as a nudge of the server's.
 *
 * @param sender - Identity of the sending participant, as LiveKit stamped it; empty for the server itself.
 * @returns undefined for anything a participant sent, on whatever topic, and for what cannot be read.
 */
export function readNudge(
  payload: Uint8Array,
  topic: string | undefined,
  sender: string | undefined,
): Nudge | undefined {
  if (topic !== SYSTEM_TOPIC || (sender !== undefined && sender !== "")) return undefined;
  return parseNudge(payload);
}

/** The server sends a nudge to all legs at once: copies arrive within this time, in milliseconds, or not at all. */
const WINDOW_MS = 2_000;

type Received = { atMs: number; byLeg: Map<string, number> };

/**
 * Tells the first copy of a nudge from the others, which arrive on each leg in any order.
 *
 * The server may send the same nudge twice: one leg's second copy counts as new while no other leg has brought two.
 */
export function createNudgeDedupe(): (text: string, leg: string, nowMs: number) => boolean {
  const received = new Map<string, Received>();
  return (text, leg, nowMs) => {
    for (const [known, { atMs }] of received) if (nowMs - atMs >= WINDOW_MS) received.delete(known);
    const { atMs, byLeg } = received.get(text) ?? { atMs: nowMs, byLeg: new Map<string, number>() };
    const count = (byLeg.get(leg) ?? 0) + 1;
    const isFirst = [...byLeg].every(([other, copies]) => other === leg || copies < count);
    byLeg.set(leg, count);
    received.set(text, { atMs: isFirst ? nowMs : atMs, byLeg });
    return isFirst;
  };
}
