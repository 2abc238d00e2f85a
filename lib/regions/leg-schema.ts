import { z } from "zod";

/**
 * One LiveKit room of a session, as a browser receives it. Exactly one of a participant's legs is `home`: the one to publish
 * on. The token is for this participant on this leg, valid for a minute; it is never stored.
 */
export const LegAccess = z.object({
  leg: z.string(),
  site: z.string(),
  region: z.string(),
  url: z.string(),
  token: z.string(),
  home: z.boolean(),
});
export type LegAccess = z.infer<typeof LegAccess>;

/** POST /api/rooms/{code}/legs */
export const LegsAnswer = z.object({ legs: z.array(LegAccess).min(1) });
export type LegsAnswer = z.infer<typeof LegsAnswer>;
