import type { LobbyIdentity, PersonKey, TicketId } from "#lib/ids.ts";
import type { EntrantKind } from "#lib/rooms/participant-kind.ts";

/** Why a request can no longer be admitted. */
export type RefusalCode = "room_ended" | "room_locked" | "lobby_full" | "removed";

/** One person's request to join. */
export type Ticket = {
  id: TicketId;
  personKey: PersonKey;
  name: string;
  kind: EntrantKind;
  status: "waiting" | "admitted" | "denied" | "cancelled" | "lapsed" | "refused";
  /** Reason of a refusal; `removed` when a removal cancelled the request; empty otherwise. */
  code: "" | RefusalCode;
  askedAtMs: number;
  /** When it lapses without a verdict, whatever else happens. */
  expiresAtMs: number;
  lastSeenAtMs: number;
  /** Whether the guest is connected to the lobby room. */
  isConnected: boolean;
  /** Whether the page reported that it is hidden: a locked phone, or another tab. */
  isHidden: boolean;
  /** Until when hosts see the request without further contact. */
  listedUntilMs: number;
  /** The guest's LiveKit identity in the lobby room. */
  lobbyIdentity: LobbyIdentity;
  /** Hashed network address. */
  addressKey: string;
};

/** How often a user was denied in this meeting, and when last. */
export type Denials = { count: number; lastAtMs: number };
export const NEVER_DENIED: Denials = { count: 0, lastAtMs: 0 };

/** A request lapses without a verdict after this, in milliseconds. The guest sees it as a countdown. */
export const TICKET_LIFETIME_MS = 10 * 60_000;
/**
 * A waiting guest who is neither connected nor polling for this long, in milliseconds, has left, and the ticket lapses. The
 * ticket of a hidden page stays valid to the end, because a locked phone neither polls nor stays connected.
 */
export const SILENCE_LIMIT_MS = 60_000;
/**
 * Hosts no longer see a guest after this much silence, in milliseconds. A page polls at least every 12 s, so it has missed a
 * request by then. The ticket stays valid for its minute, so a guest who comes back has the same position.
 */
export const QUIET_MS = 16_000;
/** How long hosts still see the guest of a closing page, which may be reloading, in milliseconds. */
export const RELOAD_MS = 10_000;
/** A denied user can ask again after this, in milliseconds. */
export const COOL_DOWN_MS = 60_000;
/** After this many denials in one meeting a user cannot ask again. */
export const MOST_DENIALS = 3;

/** When the request lapses without further contact: a minute after the last one, or at the full time with a connection or a hidden page. */
export function lapsesAtMs({ isConnected, isHidden, expiresAtMs, lastSeenAtMs }: Ticket): number {
  return isConnected || isHidden ? expiresAtMs : Math.min(expiresAtMs, lastSeenAtMs + SILENCE_LIMIT_MS);
}

/** Why a request lapsed: no verdict in ten minutes, or no contact with the guest's device for a minute. */
export type LapseReason = "expired" | "silent";

export function lapseReason(ticket: Ticket): LapseReason {
  return lapsesAtMs(ticket) < ticket.expiresAtMs ? "silent" : "expired";
}

/** Whether a host can still decide on it. */
export function isWaiting(ticket: Ticket | undefined, nowMs: number): ticket is Ticket {
  return ticket?.status === "waiting" && lapsesAtMs(ticket) > nowMs;
}

/** When a denied user can ask again, and how often. Without an ask left there is no time. */
export type CoolDown = { asksLeft: number; mayAskAgainAtMs?: number };

/** @returns undefined for a user who was never denied. */
export function coolDown({ count, lastAtMs }: Denials): CoolDown | undefined {
  if (count === 0) return undefined;
  const asksLeft = Math.max(0, MOST_DENIALS - count);
  return asksLeft === 0 ? { asksLeft } : { asksLeft, mayAskAgainAtMs: lastAtMs + COOL_DOWN_MS };
}

/** The stricter of a guest's own denials and those of their network address: a new pass must not reset them. */
export function stricter(own: Denials, network: Denials): Denials {
  return { count: Math.max(own.count, network.count), lastAtMs: Math.max(own.lastAtMs, network.lastAtMs) };
}
