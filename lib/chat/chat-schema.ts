import { z } from "zod";
import { ChatMessage } from "#lib/rooms/chat-message.ts";
import { MAX_CHAT_LENGTH } from "#lib/rooms/chat-text.ts";

/** POST /api/rooms/{code}/chat; a repeated send of the same id returns the stored message. */
export const SendChatBody = z.strictObject({
  id: z.uuid(),
  text: z.string().trim().min(1).max(MAX_CHAT_LENGTH),
});
export const SentChat = z.object({ message: ChatMessage });
export type SentChat = z.infer<typeof SentChat>;

/** GET /api/rooms/{code}/chat?after=SEQ: the kept messages that are newer than `after`, oldest first. */
export const ChatQuery = z.object({ after: z.coerce.number().int().nonnegative().default(0) });
export const ChatHistory = z.object({ messages: z.array(ChatMessage) });
export type ChatHistory = z.infer<typeof ChatHistory>;
