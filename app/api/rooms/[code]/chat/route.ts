import { readMessages } from "#lib/chat/chat-repository.ts";
import { ChatHistory, ChatQuery, SendChatBody, SentChat } from "#lib/chat/chat-schema.ts";
import { sendChat } from "#lib/chat/chat-service.ts";
import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { RoomParams } from "#lib/rooms/room-schema.ts";
import { insider } from "#lib/seats/seat-guards.ts";

/** A participant sends a message to all. */
export const POST = handle(
  { params: RoomParams, body: SendChatBody, answer: SentChat, allow: insider, limit: "chat.send" },
  async ({ facts, body, nowMs }) => ({ message: await sendChat(facts, body, nowMs) }),
);

/** The chat history, for late joiners and after a gap. */
export const GET = handle(
  { params: RoomParams, query: ChatQuery, answer: ChatHistory, allow: insider, limit: "chat.read" },
  async ({ params, query }) => ({ messages: await readMessages(params.code, query.after) }),
);

export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
