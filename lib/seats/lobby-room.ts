import type { Leg } from "./seat.ts";

/** The LiveKit room in which guests wait for a verdict: never the meeting's own, which would show them the roster. */
export type LobbyRoom = { site: string; room: string };

/** @returns undefined while the meeting lives nowhere. */
export function lobbyRoomOf(sessionId: string | undefined, legs: readonly Leg[]): LobbyRoom | undefined {
  const leg = legs.find(({ state }) => state === "live");
  return sessionId && leg ? { site: leg.site, room: `lobby.${sessionId}` } : undefined;
}

/** The LiveKit room of one leg. Session and leg are in its name, so that no token for one opens another. */
export function legRoomOf(sessionId: string, leg: string): string {
  return `${sessionId}.${leg}`;
}
