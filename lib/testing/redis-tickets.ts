import { type PersonKey, type RoomCode, type TicketId, newLobbyIdentity, newTicketId } from "#lib/ids.ts";
import { type ReadEntry, storeTicket } from "#lib/lobby/lobby-repository.ts";
import type { Verdict } from "#lib/lobby/lobby-schema.ts";
import { listQueue, storeVerdicts } from "#lib/lobby/queue-repository.ts";
import { QUIET_MS, type Ticket } from "#lib/lobby/ticket.ts";
import type { EntrantKind } from "#lib/rooms/participant-kind.ts";
import { NOW, aTicket } from "./places.ts";
import { mustRead } from "./redis-rooms.ts";

type Asking = {
  read?: ReadEntry;
  nowMs?: number;
  name?: string;
  cap?: number;
  share?: number;
  kind?: EntrantKind;
  addressKey?: string;
};

/** Asks and decides in a room as the services do, without LiveKit. */
export function ticketsOf(code: () => RoomCode) {
  return {
    async ask(personKey: PersonKey, asking: Asking = {}) {
      const { nowMs = NOW, name = "Ada", cap = 100, share = 30, kind = "guest", addressKey = "address" } = asking;
      const read = asking.read ?? (await mustRead(code(), personKey, nowMs, addressKey));
      const times = {
        askedAtMs: nowMs,
        expiresAtMs: nowMs + 600_000,
        lastSeenAtMs: nowMs,
        listedUntilMs: nowMs + QUIET_MS,
      };
      const ids = { id: newTicketId(), lobbyIdentity: newLobbyIdentity(), addressKey, kind };
      const ticket: Ticket = aTicket({ ...ids, ...times, personKey, name });
      return { ticket, ...(await storeTicket(ticket, read, { maxWaiting: cap, share })) };
    },
    async verdict(verdict: Verdict, tickets: readonly TicketId[] | "all", nowMs = NOW, by = "Olga") {
      const { rev } = (await mustRead(code(), undefined, nowMs)).place.room;
      return (await storeVerdicts({ code: code(), rev, verdict, by, nowMs }, tickets)).outcomes;
    },
    names: async (nowMs = NOW) => (await listQueue(code(), nowMs)).map(({ name }) => name),
    statusOf: async (key: PersonKey, nowMs = NOW) => (await mustRead(code(), key, nowMs)).ticket?.status,
  };
}
