import { z } from "zod";
import { DeviceId, RoomCode, TicketId } from "#lib/ids.ts";
import { LegAccess } from "#lib/regions/leg-schema.ts";
import { DisplayName } from "#lib/rooms/display-name-schema.ts";
import { EntrantKind } from "#lib/rooms/participant-kind.ts";
import { TimeMs } from "#lib/rooms/room-schema.ts";
import { MeetingView } from "#lib/seats/seat-schema.ts";

/**
 * POST /api/rooms/{code}/entry
 *
 * `intent` answers the offer made when the same person is in the meeting on another device or tab: `move` ends the other seat,
 * `second` joins beside it. `restart` lets a host start an ended meeting again.
 */
export const EntryBody = z.strictObject({
  /** Required for guests. For signed-in users the account's name is used instead. */
  name: DisplayName.optional(),
  device: DeviceId,
  intent: z.enum(["enter", "move", "second"]).default("enter"),
  restart: z.boolean().default(false),
  /** Round-trip times in ms that the page measured, by region. They affect placement, never permission. */
  rtts: z
    .record(z.string().regex(/^[a-z0-9-]{1,24}$/), z.number().min(0).max(10_000))
    .refine((rtts) => Object.keys(rtts).length <= 32, "must be few")
    .default({}),
});
export type EntryBody = z.input<typeof EntryBody>;

/** A user's own request to join. */
export const TicketView = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("waiting"),
    ticketId: TicketId,
    name: z.string(),
    askedAtMs: TimeMs,
    /** When the request lapses without a verdict: ten minutes after asking, by the server's clock. */
    expiresAtMs: TimeMs,
    nowMs: TimeMs,
    /** 1 is next. */
    place: z.number().int().positive(),
    isHostPresent: z.boolean(),
    /** Whether a new entry request would succeed: the room was opened while they waited. */
    mayWalkIn: z.boolean().default(false),
  }),
  /** Request entry again; the answer then contains legs. */
  z.object({ status: z.literal("admitted") }),
  z.object({
    status: z.literal("denied"),
    nowMs: TimeMs,
    asksLeft: z.number().int().nonnegative(),
    /** Absent when no ask is left. */
    mayAskAgainAtMs: TimeMs.optional(),
  }),
  z.object({ status: z.literal("cancelled") }),
  /** No verdict in ten minutes, or no contact with the guest's device for a minute. */
  z.object({ status: z.literal("lapsed"), why: z.enum(["expired", "silent"]) }),
  /** There is no request. `hasPass`: the browser sent a cookie that identifies it; false for one that keeps no cookies. */
  z.object({ status: z.literal("none"), hasPass: z.boolean() }),
  /**
   * While waiting, the meeting ended, was locked or deleted, the user was banned, or another guest took the spot. Or a host
   * removed this user, who can ask again.
   */
  z.object({
    status: z.literal("refused"),
    code: z.enum(["room_ended", "room_locked", "room_expired", "room_unknown", "banned", "lobby_full", "removed"]),
  }),
]);
export type TicketView = z.infer<typeof TicketView>;

/** The lobby room in which a waiting guest listens for a verdict; only while a host is present. */
export const LobbyConnection = z.object({ url: z.string(), token: z.string() });
export type LobbyConnection = z.infer<typeof LobbyConnection>;

export const EntryAnswer = z.discriminatedUnion("status", [
  z.object({ status: z.literal("admitted"), legs: z.array(LegAccess).min(1), meeting: MeetingView }),
  z.object({ status: z.literal("waiting"), ticket: TicketView, lobby: LobbyConnection.optional() }),
  /** The guest got a pass with this answer. Repeat the request, to show that the browser keeps it. */
  z.object({ status: z.literal("again") }),
  /** The same person is in the meeting on another tab or device: offer `move` and `second`. */
  z.object({ status: z.literal("elsewhere") }),
]);
export type EntryAnswer = z.infer<typeof EntryAnswer>;

/** `?push=1`: the page has no push connection. */
export const TicketQuery = z.object({ push: z.enum(["0", "1"]).optional() });

/** GET /api/rooms/{code}/ticket. `lobby` is set when the page has no push connection (`?push=1`) and a host is present. */
export const TicketAnswer = z.object({ ticket: TicketView, lobby: LobbyConnection.optional() });
export type TicketAnswer = z.infer<typeof TicketAnswer>;

/**
 * State of the guest's page: hidden (a locked phone, another tab), visible again, or gone (closed, reloaded, left). A hidden
 * page neither polls nor stays connected for long, and keeps its position. The guest of a gone page leaves the hosts' list.
 */
export const PageState = z.enum(["hidden", "visible", "gone"]);
export type PageState = z.infer<typeof PageState>;

/** PATCH /api/rooms/{code}/ticket: a new name, or a report of the page's state. */
export const ChangeTicketBody = z.union([
  z.strictObject({ name: DisplayName }),
  /** `atMs` by the browser's clock: it restores the order of reports that arrive out of order. */
  z.strictObject({ page: PageState, atMs: TimeMs }),
]);

/** GET /api/rooms/{code}/lobby: waiting guests, longest first (moderators only). */
export const WaitingGuest = z.object({
  ticketId: TicketId,
  name: z.string(),
  kind: EntrantKind,
  askedAtMs: TimeMs,
  /** False while the guest's connection is lost. */
  isConnected: z.boolean(),
  /** The guest's page is suspended, as on a locked phone. An admission takes effect when it resumes. */
  isAsleep: z.boolean().default(false),
  /** When the guest leaves this list without further contact, by the server's clock. */
  listedUntilMs: TimeMs.optional(),
  /** How often this person was denied earlier in this meeting. */
  denials: z.number().int(),
  /** Denials from this person's network address since a host last admitted a user from there. */
  networkDenials: z.number().int().default(0),
  /** Whether a participant with this network address was removed from this meeting, or is banned. */
  isLikeRemoved: z.boolean(),
  /** Whether the name resembles that of a host who is present. */
  isLikeHost: z.boolean().default(false),
});
export type WaitingGuest = z.infer<typeof WaitingGuest>;
export const LobbyQueue = z.object({ guests: z.array(WaitingGuest), nowMs: TimeMs });
export type LobbyQueue = z.infer<typeof LobbyQueue>;

/** POST /api/rooms/{code}/lobby/{ticketId} */
export const TicketParams = z.object({ code: RoomCode, ticketId: TicketId });
export const Verdict = z.enum(["admitted", "denied"]);
export type Verdict = z.infer<typeof Verdict>;
export const VerdictBody = z.strictObject({ verdict: Verdict });
export const VerdictAnswer = z.object({ status: Verdict });

/** POST /api/rooms/{code}/lobby: all waiting guests, or the listed ones (those the host saw), in one step. */
export const AdmitAllBody = z.strictObject({ verdict: Verdict, ticketIds: z.array(TicketId).max(2_000).optional() });
export const AdmitAllAnswer = z.object({ decided: z.number().int() });
