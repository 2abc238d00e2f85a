import { z } from "zod";
import { DeviceId, RoomCode, TicketId } from "#lib/ids.ts";
import { LegAccess } from "#lib/regions/leg-schema.ts";
import { DisplayName } from "#lib/rooms/display-name.ts";
import { TimeMs } from "#lib/rooms/room-schema.ts";
import { MeetingView } from "#lib/seats/seat-schema.ts";

/**
 * POST /api/rooms/{code}/entry
 *
 * `intent` answers the offer made when the same person is inside already on another device or tab:
 * `move` ends the other, `second` joins beside it. `restart` lets a host begin an ended meeting anew.
 */
export const EntryBody = z.strictObject({
  /** Guests must say it; for signed-in people the account's name counts and this is ignored. */
  name: DisplayName.optional(),
  device: DeviceId,
  intent: z.enum(["enter", "move", "second"]).default("enter"),
  restart: z.boolean().default(false),
  /** Round-trip times in ms that the page measured before, by region: they place the person and allow nothing. */
  rtts: z
    .record(z.string().regex(/^[a-z0-9-]{1,24}$/), z.number().min(0).max(10_000))
    .refine((rtts) => Object.keys(rtts).length <= 32, "must be few")
    .default({}),
});
export type EntryBody = z.input<typeof EntryBody>;

/** One's own request to enter. */
export const TicketView = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("waiting"),
    ticketId: TicketId,
    name: z.string(),
    askedAtMs: TimeMs,
    /** When the request lapses undecided: ten minutes after asking, the server's clock. */
    expiresAtMs: TimeMs,
    nowMs: TimeMs,
    /** 1 is next. */
    place: z.number().int().positive(),
    isHostPresent: z.boolean(),
    /** Whether asking for entry again would let this person in: the room was opened up while they waited. */
    mayWalkIn: z.boolean().default(false),
  }),
  /** Ask for entry again, now with legs in the answer. */
  z.object({ status: z.literal("admitted") }),
  z.object({
    status: z.literal("denied"),
    nowMs: TimeMs,
    asksLeft: z.number().int().nonnegative(),
    /** Left out where no ask is left. */
    mayAskAgainAtMs: TimeMs.optional(),
  }),
  z.object({ status: z.literal("cancelled") }),
  /** No one decided in ten minutes, or the guest's device could not be reached for a minute. */
  z.object({ status: z.literal("lapsed"), why: z.enum(["expired", "silent"]) }),
  /** There is no request. `hasPass`: the browser sent something by which it is known again; false for one that keeps no cookies. */
  z.object({ status: z.literal("none"), hasPass: z.boolean() }),
  /**
   * The meeting ended, was locked or deleted, a ban came, or the place went to someone else, while waiting; or a host removed this
   * person, who may ask again.
   */
  z.object({
    status: z.literal("refused"),
    code: z.enum(["room_ended", "room_locked", "room_expired", "room_unknown", "banned", "lobby_full", "removed"]),
  }),
]);
export type TicketView = z.infer<typeof TicketView>;

/** Where a waiting guest listens for its verdict; only while a host is present. */
export const LobbyConnection = z.object({ url: z.string(), token: z.string() });
export type LobbyConnection = z.infer<typeof LobbyConnection>;

export const EntryAnswer = z.discriminatedUnion("status", [
  z.object({ status: z.literal("admitted"), legs: z.array(LegAccess).min(1), meeting: MeetingView }),
  z.object({ status: z.literal("waiting"), ticket: TicketView, lobby: LobbyConnection.optional() }),
  /** The guest got a pass with this answer: the same request once more, which shows that the browser keeps it. */
  z.object({ status: z.literal("again") }),
  /** The same person is inside on another tab or device: offer `move` and `second`. */
  z.object({ status: z.literal("elsewhere") }),
]);
export type EntryAnswer = z.infer<typeof EntryAnswer>;

/** `?push=1`: the asker has no push connection. */
export const TicketQuery = z.object({ push: z.enum(["0", "1"]).optional() });

/** GET /api/rooms/{code}/ticket; `lobby` comes when the asker has no push connection and a host is present (`?push=1`). */
export const TicketAnswer = z.object({ ticket: TicketView, lobby: LobbyConnection.optional() });
export type TicketAnswer = z.infer<typeof TicketAnswer>;

/**
 * What the guest's page does: it is not on the screen (a locked phone, another tab), it is again, or it goes (closed, reloaded, left).
 * A hidden page neither asks nor stays connected for long, and keeps its place; one that goes leaves the hosts' list.
 */
export const PageState = z.enum(["hidden", "visible", "gone"]);
export type PageState = z.infer<typeof PageState>;

/** PATCH /api/rooms/{code}/ticket: another name, or word of the page. */
export const ChangeTicketBody = z.union([
  z.strictObject({ name: DisplayName }),
  /** `atMs` by the browser's clock: it puts reports that arrive out of order in order. */
  z.strictObject({ page: PageState, atMs: TimeMs }),
]);

/** GET /api/rooms/{code}/lobby: who waits, longest first (hosts). */
export const WaitingGuest = z.object({
  ticketId: TicketId,
  name: z.string(),
  kind: z.enum(["person", "guest"]),
  askedAtMs: TimeMs,
  /** False while the guest's connection is lost. */
  isConnected: z.boolean(),
  /** The guest's page sleeps, as on a locked phone: an admission takes effect when it wakes. */
  isAsleep: z.boolean().default(false),
  /** When the guest leaves this list unless something is heard of them, by the server's clock. */
  listedUntilMs: TimeMs.optional(),
  /** How often this person was denied in this meeting before. */
  denials: z.number().int(),
  /** How often anyone from this person's network address was denied, since a host last admitted someone from there. */
  networkDenials: z.number().int().default(0),
  /** Whether a participant with this person's network address was removed from this meeting, or is banned. */
  isLikeRemoved: z.boolean(),
  /** Whether the name reads like that of a host who is here. */
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

/** POST /api/rooms/{code}/lobby: everybody who waits, or those named (what the host saw), in one step. */
export const AdmitAllBody = z.strictObject({ verdict: Verdict, ticketIds: z.array(TicketId).max(2_000).optional() });
export const AdmitAllAnswer = z.object({ decided: z.number().int() });
