import type { ChatMessage } from "#lib/rooms/chat-message.ts";

/** Longer messages are not read out unasked, in characters: a listener would miss the meeting over them. */
const READ_OUT_LIMIT = 160;

/** What is said about new messages of others; with the text while the chat is closed or short enough to follow. */
export function spokenMessages(fresh: readonly Pick<ChatMessage, "name" | "text">[], isOpen: boolean): string {
  const [first] = fresh;
  if (first === undefined) return "";
  if (fresh.length > 1 && !isOpen) return `${fresh.length} new messages.`;
  return fresh.map(({ name, text }) => `${name} wrote: ${shorten(text)}`).join(" ");
}

function shorten(text: string): string {
  return text.length <= READ_OUT_LIMIT ? text : `${text.slice(0, READ_OUT_LIMIT)} …`;
}
