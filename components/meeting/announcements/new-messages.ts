import type { ChatMessage } from "#lib/rooms/chat-message.ts";

/** Longer messages are not read out unasked, in characters: a listener would miss the meeting over them. */
const READ_OUT_LIMIT = 160;

type Spoken = Pick<ChatMessage, "name" | "text" | "kind" | "role" | "isLikeHost">;

/** What is said about new messages of others; with the text while the chat is closed or short enough to follow. */
export function newMessagesText(fresh: readonly Spoken[], isOpen: boolean): string {
  const [first] = fresh;
  if (first === undefined) return "";
  if (fresh.length > 1 && !isOpen) return `${fresh.length} new messages.`;
  return fresh.map((message) => `${senderOf(message)} wrote: ${shorten(message.text)}`).join(" ");
}

/** Listeners see no mark beside the name. */
function senderOf({ name, kind, role, isLikeHost }: Spoken): string {
  if (isLikeHost) return `${name}, who is not the host,`;
  return kind === "guest" && role === "participant" ? `${name}, guest,` : name;
}

function shorten(text: string): string {
  return text.length <= READ_OUT_LIMIT ? text : `${text.slice(0, READ_OUT_LIMIT)} …`;
}
