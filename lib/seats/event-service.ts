import "server-only";
import { describeError, log } from "#lib/log.ts";
import { lobbyRoomOf } from "./lobby-room.ts";
import { nudge, nudgeLobby } from "./nudge-service.ts";
import type { EventContext, RoomEvent } from "./room-event.ts";
import { nudgesOf } from "./room-nudges.ts";
import type { Place } from "./seat.ts";

/** Acts on what happened in a room. The change is in Redis already. */
export type EventConsumer = (event: RoomEvent, context: EventContext) => Promise<void>;

/** All of them. Webhooks or a history would be one more entry. */
const CONSUMERS: Readonly<Record<string, EventConsumer>> = { nudges: sendNudges };

/** Announces what happened in a room. Never throws: a consumer that fails undoes nothing. */
export async function emit(
  context: EventContext,
  event: RoomEvent,
  consumers: Readonly<Record<string, EventConsumer>> = CONSUMERS,
): Promise<void> {
  await Promise.all(
    Object.entries(consumers).map(async ([consumer, consume]) => {
      try {
        await consume(event, context);
      } catch (error) {
        log("error", "event.lost", { consumer, type: event.type, error: describeError(error) });
      }
    }),
  );
}

/** @returns where events of this room happen, without its hosts. */
export function contextOf({ room, session, legs }: Pick<Place, "room" | "session" | "legs">): EventContext {
  return { code: room.code, sessionId: session?.sessionId, legs };
}

/** An empty list of recipients would address everyone, so it sends nothing. */
async function sendNudges(event: RoomEvent, context: EventContext): Promise<void> {
  const deliveries = nudgesOf(event, context).filter(({ identities }) => identities.length > 0);
  await Promise.all(
    deliveries.map((delivery) => {
      const identities = delivery.identities === "all" ? [] : delivery.identities;
      if (delivery.to === "meeting") return nudge(delivery.legs, delivery.nudge, identities);
      return nudgeLobby(lobbyRoomOf(context.sessionId, context.legs), delivery.nudge, identities);
    }),
  );
}
