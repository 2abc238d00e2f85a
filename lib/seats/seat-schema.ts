import { z } from "zod";
import { Identity } from "#lib/ids.ts";
import { RoleSchema, RoomSettings, TimeMs } from "#lib/rooms/room-schema.ts";

/** Meeting state that participants see beyond LiveKit's roster. POST /api/rooms/{code}/presence renews the seat and returns it. */
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
  /** Moderators only: how many users wait. */
  waitingCount: z.number().int().optional(),
  /** `seq` of the newest chat message, 0 for none. */
  chatSeq: z.number().int(),
  /** Names of the live legs. A browser that lacks one asks for tokens; it disconnects from any other. */
  legs: z.array(z.string()),
  /** The leg on which this seat publishes. */
  homeLeg: z.string(),
  /** How long another leg must be much nearer before this seat moves there. During a deployment an older server omits it. */
  nearerAfterMs: z.number().int().default(60_000),
});
export type MeetingView = z.infer<typeof MeetingView>;

/** POST /api/rooms/{code}/hand */
export const HandBody = z.strictObject({ isRaised: z.boolean() });

/** Body of a POST without parameters: `{}`. */
export const EmptyBody = z.strictObject({});

const LegName = z.string().regex(/^[a-z0-9-]{1,24}$/);

/**
 * POST /api/rooms/{code}/home: publish on this leg from now on. `lost` names the leg that the browser found dead; the server
 * then probes it.
 */
export const HomeBody = z.strictObject({ leg: LegName, lost: LegName.optional() });
export const HomeAnswer = z.object({ leg: z.string() });
export type HomeAnswer = z.infer<typeof HomeAnswer>;

/** POST /api/rooms/{code}/leave */
export const LeftAnswer = z.object({ left: z.literal(true) });
