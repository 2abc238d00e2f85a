import type { LobbyIdentity, PersonKey, TicketId } from "#lib/ids.ts";
import type { PersonKind } from "#lib/seats/seat.ts";

/** Why waiting became pointless. */
export type RefusalCode = "room_ended" | "room_locked" | "lobby_full" | "removed";

/** One person's request to enter. */
export type Ticket = {
  id: TicketId;
  personKey: PersonKey;
  name: string;
  kind: PersonKind;
  status: "waiting" | "admitted" | "denied" | "cancelled" | "lapsed" | "refused";
  /** Of a refused one, and `removed` of one that a removal cancelled; empty otherwise. */
  code: "" | RefusalCode;
  askedAtMs: number;
  /** When it lapses undecided, whatever happens. */
  expiresAtMs: number;
  lastSeenAtMs: number;
  /** Whether the guest listens in the lobby room. */
  isConnected: boolean;
  /** Whether the page said that it is not on the screen: a phone was locked, or another tab is looked at. */
  isHidden: boolean;
  /** Until when hosts see the request, unless the guest is heard of again. */
  listedUntilMs: number;
  /** LiveKit's name of the guest there. */
  lobbyIdentity: LobbyIdentity;
  /** Hashed network address. */
  addressKey: string;
};

/** How often somebody was denied in this meeting, and when last. */
export type Denials = { count: number; lastAtMs: number };
export const NEVER_DENIED: Denials = { count: 0, lastAtMs: 0 };

/** A request lapses undecided after this, in milliseconds; shown to the guest as a countdown. */
export const TICKET_LIFETIME_MS = 10 * 60_000;
/**
 * A waiting guest who is neither connected nor asking for this long, in milliseconds, has left: the ticket lapses. A page that said
 * it is hidden keeps its ticket to the end: a locked phone neither asks nor stays connected.
 */
export const SILENCE_LIMIT_MS = 60_000;
/**
 * Hosts do not see a guest who has been silent for this long, in milliseconds. A page asks every 12 s at the latest, so it has
 * missed a question by then. The request itself stays for its minute: a guest who comes back has the old place.
 */
export const QUIET_MS = 16_000;
/** A page that goes may be reloading: hosts see its guest for this long, in milliseconds. */
export const RELOAD_MS = 10_000;
/** A denied person may ask again after this, in milliseconds. */
export const COOL_DOWN_MS = 60_000;
/** Who was denied this often in one meeting may not ask again. */
export const MOST_DENIALS = 3;

/**
 * When the request lapses if nothing more is heard: a lost connection has a minute of grace, a kept one and a hidden page the whole
 * time.
 */
export function lapsesAtMs({ isConnected, isHidden, expiresAtMs, lastSeenAtMs }: Ticket): number {
  return isConnected || isHidden ? expiresAtMs : Math.min(expiresAtMs, lastSeenAtMs + SILENCE_LIMIT_MS);
}

/** Why a request lapsed: no one decided in ten minutes, or the guest's device could not be reached for a minute. */
export type LapseReason = "expired" | "silent";

export function lapseReason(ticket: Ticket): LapseReason {
  return lapsesAtMs(ticket) < ticket.expiresAtMs ? "silent" : "expired";
}

/** Whether a host can still decide on it. */
export function isWaiting(ticket: Ticket | undefined, nowMs: number): ticket is Ticket {
  return ticket?.status === "waiting" && lapsesAtMs(ticket) > nowMs;
}

/** When someone who was denied may ask again, and how often. A guest without an ask left gets no time. */
export type CoolDown = { asksLeft: number; mayAskAgainAtMs?: number };

/** @returns undefined for someone who never was denied. */
export function coolDown({ count, lastAtMs }: Denials): CoolDown | undefined {
  if (count === 0) return undefined;
  const asksLeft = Math.max(0, MOST_DENIALS - count);
  return asksLeft === 0 ? { asksLeft } : { asksLeft, mayAskAgainAtMs: lastAtMs + COOL_DOWN_MS };
}

/** Of a guest's own denials and those of their network address the stricter one: a new pass is no new beginning. */
export function stricter(own: Denials, network: Denials): Denials {
  return { count: Math.max(own.count, network.count), lastAtMs: Math.max(own.lastAtMs, network.lastAtMs) };
}
