import type { Identity, RoomCode, TicketId } from "#lib/ids.ts";
import type { ChatMessage } from "#lib/rooms/chat-message.ts";
import type { Notice } from "#lib/rooms/nudge-schema.ts";
import type { LockableSource, Role } from "#lib/rooms/room.ts";
import type { Leg } from "./seat.ts";

/** A participant that an event concerns, and the leg on which they publish. */
export type Concerned = { identity: string; homeLeg: string };

/** A notice that a host caused to these participants. */
type FromHost = { people: readonly Concerned[]; by: string };

/**
 * What happens in a room. Services emit these once the change is in Redis; what follows from one (nudges today) is up to the
 * consumers in event-service.ts. An event names the facts and never an audience.
 *
 * A seat that lapses without a word emits nothing: no process watches it.
 */
export type RoomEvent =
  | { type: "meeting.started" }
  /** For everyone, by a host or at its length limit. */
  | { type: "meeting.ended"; by: string }
  /** The last participant left. Waiting guests keep waiting for the next meeting. */
  | { type: "meeting.emptied" }
  /** A seat was given, or given again to a tab that reloads. `waitingCount`: of guests in the lobby. */
  | { type: "participant.joined"; identity: Identity; role: Role; isReturn: boolean; waitingCount: number }
  | { type: "participant.left"; identity: Identity; role: Role; waitingCount: number }
  /** The same user continues in another tab. `identities`: the seats that this ended. */
  | { type: "participant.moved"; identities: readonly string[] }
  | { type: "participant.removed"; identities: readonly string[]; by: string }
  /** A host muted them, or stopped their camera or share. */
  | ({
      type: "participant.silenced";
      what: Extract<Notice["type"], "muted" | "camera-stopped" | "share-stopped">;
    } & FromHost)
  | ({ type: "hand.lowered" } & FromHost)
  | ({ type: "role.changed"; what: Extract<Notice["type"], "made-cohost" | "unmade-cohost"> } & FromHost)
  /** The owner returned, or `people` inherited the role. */
  | { type: "host.changed"; people: readonly Concerned[] }
  | ({ type: "source.locked"; source: LockableSource; isLocked: boolean } & FromHost)
  | { type: "settings.changed" }
  /** A host chose who can join without asking, while guests were waiting. */
  | { type: "access.chosen"; waitingCount: number }
  | { type: "ban.lifted" }
  | { type: "chat.sent"; message: ChatMessage }
  /** Legs were opened or closed. */
  | { type: "legs.changed" }
  /** These participants publish on a leg that will close, and have to publish on this one. */
  | { type: "home.requested"; leg: string; identities: readonly string[] }
  /** `displaced`: lobby identities of those who lost their position to this request. */
  | { type: "knock.created"; ticketId: TicketId; displaced: readonly string[] }
  /** The guest renamed or cancelled the request, or their page or connection came or went. */
  | { type: "knock.changed" }
  /** By a host, who may repeat it. `guests`: the lobby identities. */
  | { type: "knock.decided"; verdict: "admitted" | "denied"; guests: readonly string[] }
  /** A waiting user joined in another way: the room was opened to them, or they became a co-host. */
  | { type: "knock.settled"; ticketId: TicketId };

/** Where an event happened. */
export type EventContext = {
  code: RoomCode;
  /** Undefined without a meeting, and where an event has nothing for the lobby. */
  sessionId: string | undefined;
  legs: readonly Leg[];
  /** The hosts' held seats; only events for hosts need them. */
  hosts?: readonly string[];
};
