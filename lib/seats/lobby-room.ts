import type { Leg } from "./seat.ts";

/** The LiveKit room in which guests wait for a verdict. It is never the meeting's own, which would show them the participants. */
export type LobbyRoom = { site: string; room: string };

/** @returns undefined while the meeting has no live leg. */
export function lobbyRoomOf(sessionId: string | undefined, legs: readonly Leg[]): LobbyRoom | undefined {
  const leg = legs.find(({ state }) => state === "live");
  return sessionId && leg ? { site: leg.site, room: `lobby.${sessionId}` } : undefined;
}

/** The LiveKit room of one leg. Its name contains session and leg, so that a token for one opens no other. */
export function legRoomOf(sessionId: string, leg: string): string {
  return `${sessionId}.${leg}`;
}
