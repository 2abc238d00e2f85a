import type { ChatMessage } from "#lib/rooms/chat-message.ts";
import type { Texts } from "#components/texts/texts.ts";

/** Longer messages are not read out unasked, in characters: a listener would miss the meeting over them. */
const READ_OUT_LIMIT = 160;

type Spoken = Pick<ChatMessage, "name" | "text" | "kind" | "role" | "isLikeHost">;

/** What is said about new messages of others; with the text while the chat is closed or short enough to follow. */
export function newMessagesText(t: Texts, fresh: readonly Spoken[], isOpen: boolean): string {
  const [first] = fresh;
  if (first === undefined) return "";
  if (fresh.length > 1 && !isOpen) return t("announce.messages", { count: fresh.length });
  return fresh.map((message) => messageText(t, message)).join(" ");
}

/** Listeners see no mark beside the name. */
function messageText(t: Texts, { name, text, kind, role, isLikeHost }: Spoken): string {
  const values = { name, text: shorten(text) };
  if (isLikeHost) return t("announce.notHostWrote", values);
  return t(kind === "guest" && role === "participant" ? "announce.guestWrote" : "announce.wrote", values);
}

function shorten(text: string): string {
  return text.length <= READ_OUT_LIMIT ? text : `${text.slice(0, READ_OUT_LIMIT)} …`;
}
