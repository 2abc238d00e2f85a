import { z } from "zod";
import { AccountId, SessionId } from "#lib/ids.ts";
import type { SiteLook } from "./health.ts";

const TimeMs = z.number().int().nonnegative();
const Count = z.number().int().nonnegative();

/** One check of a site, as Redis keeps it. */
export const SiteLookSchema: z.ZodType<SiteLook> = z.object({
  atMs: TimeMs,
  server: z.enum(["ready", "lost", "silent"]),
  isListed: z.boolean(),
  tookMs: Count,
  rooms: Count,
  participants: Count,
  publishers: Count,
});

/** GET /api/health/regions: all that the public can see. */
export const RegionsHealth = z.object({
  regions: z.array(z.object({ region: z.string(), health: z.enum(["up", "down", "unknown"]) })),
});
export type RegionsHealth = z.infer<typeof RegionsHealth>;

/** POST /api/probe */
export const ProbeAnswer = z.object({ looked: Count });

const SiteStatus = z.object({
  site: z.string(),
  health: z.enum(["well", "degraded", "down", "unknown"]),
  trouble: z.enum(["silent", "lost", "no-api", "no-door", "clocks", "slow", "busy", "old"]).optional(),
  /** The operator is draining it: it takes no one new. */
  isDrained: z.boolean(),
  look: SiteLookSchema.optional(),
  /** Working nodes. */
  nodes: Count,
  /** Of the busiest node; 1 is full. Missing when no node reports. */
  load: z.number().nonnegative().optional(),
});
export type SiteStatus = z.infer<typeof SiteStatus>;

const LegStatus = z.object({ leg: z.string(), site: z.string(), participants: Count, publishers: Count });
const SessionStatus = z.object({
  session: SessionId,
  /** The owner of its room; missing when Redis does not know the session. */
  account: AccountId.optional(),
  sinceMs: TimeMs,
  participants: Count,
  legs: z.array(LegStatus),
});

/** GET /api/status, for operators: no name, no code, nothing that opens a meeting. Accounts are opaque ids. */
export const Status = z.object({
  atMs: TimeMs,
  regions: z.array(
    z.object({ region: z.string(), health: z.enum(["up", "down", "unknown"]), sites: z.array(SiteStatus) }),
  ),
  /** The largest, at most `MAX_SESSIONS`. */
  sessions: z.array(SessionStatus),
  sessionCount: Count,
});
export type Status = z.infer<typeof Status>;
export type RegionStatus = Status["regions"][number];
export type SessionStatus = z.infer<typeof SessionStatus>;
