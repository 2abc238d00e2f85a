import { MAX_CHAT_LENGTH } from "#lib/rooms/chat-text.ts";

/** Shows the number of characters left from this many before the limit. */
const WARN_FROM = 200;

export type DraftState = { canSend: boolean; note: { key: "left" | "tooMany"; count: number } | undefined };

/** Whether a text can be sent, and what the writer should know about its length. */
export function draftState(text: string): DraftState {
  const left = MAX_CHAT_LENGTH - text.trim().length;
  if (left < 0) return { canSend: false, note: { key: "tooMany", count: -left } };
  const note = left < WARN_FROM ? ({ key: "left", count: left } as const) : undefined;
  return { canSend: text.trim() !== "", note };
}
