import "server-only";
import { AppError } from "#lib/errors.ts";
import type { ChatMessage } from "#lib/rooms/chat-message.ts";
import { contextOf, emit } from "#lib/seats/event-service.ts";
import type { Inside } from "#lib/seats/seat-guards.ts";
import { storeMessage } from "./chat-repository.ts";

/**
 * Stores a participant's message and sends it whole to all participants. A repeated send of the same id returns the stored
 * message and pushes it again: the sender repeats because no answer arrived.
 *
 * @throws AppError `not_inside`, `bad_request` for an id that another participant used, `unavailable`
 */
export async function sendChat(
  { place, seat }: Inside,
  { id, text }: { id: string; text: string },
  nowMs: number,
): Promise<ChatMessage> {
  const draft = { id, identity: seat.identity, name: seat.name, text, sentAtMs: nowMs };
  const sent = await storeMessage(place.room.code, draft);
  if (sent.status === "not_inside") throw new AppError("not_inside");
  if (sent.status === "id_taken") throw new AppError("bad_request");
  await emit(contextOf({ ...place, legs: sent.legs }), { type: "chat.sent", message: sent.message });
  return sent.message;
}
