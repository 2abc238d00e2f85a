import { SessionId } from "#lib/ids.ts";

/** The parsed name of a LiveKit room. */
export type MediaRoom =
  { kind: "meeting"; sessionId: SessionId; leg: string } | { kind: "lobby"; sessionId: SessionId };

/** @returns undefined for a room that we did not create. */
export function parseMediaRoom(name: string): MediaRoom | undefined {
  const [first = "", second = "", ...rest] = name.split(".");
  const sessionId = SessionId.safeParse(first === "lobby" ? second : first).data;
  if (!sessionId || rest.length > 0) return undefined;
  if (first === "lobby") return { kind: "lobby", sessionId };
  return /^[a-z0-9-]{1,24}$/.test(second) ? { kind: "meeting", sessionId, leg: second } : undefined;
}
