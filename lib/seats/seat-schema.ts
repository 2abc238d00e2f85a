import { z } from "zod";
import { DeviceId, Identity } from "#lib/ids.ts";
import { RoleSchema, RoomSettings, TimeMs } from "#lib/rooms/room-schema.ts";

/** Request header with the tab's DeviceId: which of one's own seats is meant. It proves nothing; cookies do. */
export const DEVICE_HEADER = "x-veet-device";
export const DeviceHeader = DeviceId;

/**
 * LiveKit participant attributes, set by the server only (no grant lets a browser change them). All are strings there.
 * `hand` is the server time in ms at which the hand was raised, or empty. `person` is the same on all devices of a person.
 */
export const SeatAttributes = z.object({
  role: RoleSchema.catch("participant"),
  kind: z.enum(["person", "guest"]).catch("guest"),
  person: z.string().catch(""),
  hand: z.string().regex(/^\d*$/).catch(""),
  joinedAtMs: z.string().regex(/^\d+$/).catch("0"),
  /** Where the seat publishes: `homeAttribute`. */
  home: z
    .string()
    .regex(/^\d+:[a-z0-9-]+$/)
    .catch(""),
});
export type SeatAttributes = z.infer<typeof SeatAttributes>;

/** What somebody inside sees of the meeting's state beyond LiveKit's roster. POST /api/rooms/{code}/presence renews the seat and answers it. */
export const MeetingView = z.object({
  nowMs: TimeMs,
  me: z.object({
    identity: Identity,
    person: z.string(),
    name: z.string(),
    role: RoleSchema,
    /** Undefined when the hand is down. */
    handRaisedAtMs: TimeMs.optional(),
  }),
  room: RoomSettings,
  /** Hosts only: how many wait. */
  waitingCount: z.number().int().optional(),
  /** `seq` of the newest chat message, 0 for none. */
  chatSeq: z.number().int(),
  /** Names of the living legs. Whoever lacks one asks for tokens; whoever has another leaves it. */
  legs: z.array(z.string()),
  /** The leg I publish on. */
  homeLeg: z.string(),
  /** For so long another leg must be much nearer before I publish there. During a deployment an older server does not say it. */
  nearerAfterMs: z.number().int().default(60_000),
});
export type MeetingView = z.infer<typeof MeetingView>;

/** POST /api/rooms/{code}/hand */
export const HandBody = z.strictObject({ isRaised: z.boolean() });

/** POST of something that needs no words: `{}`. */
export const EmptyBody = z.strictObject({});

const LegName = z.string().regex(/^[a-z0-9-]{1,24}$/);

/**
 * POST /api/rooms/{code}/home: publish on this leg from now on. `lost` names the leg that the browser finds dead: the server looks
 * as well.
 */
export const HomeBody = z.strictObject({ leg: LegName, lost: LegName.optional() });
export const HomeAnswer = z.object({ leg: z.string() });

/** POST /api/rooms/{code}/leave */
export const LeftAnswer = z.object({ left: z.literal(true) });
