import { Nudge, SYSTEM_TOPIC } from "#lib/rooms/nudge-schema.ts";

/**
 * Reads a data packet as a word of the server's.
 *
 * @param sender - Identity of the participant who sent it, as LiveKit stamped it; empty for the server itself.
 * @returns undefined for anything a participant sent, on whatever topic, and for what cannot be read.
 */
export function readNudge(
  payload: Uint8Array,
  topic: string | undefined,
  sender: string | undefined,
): Nudge | undefined {
  if (topic !== SYSTEM_TOPIC || (sender !== undefined && sender !== "")) return undefined;
  try {
    return Nudge.safeParse(JSON.parse(new TextDecoder().decode(payload))).data;
  } catch {
    return undefined;
  }
}
