import { TokenVerifier } from "livekit-server-sdk";
import { z } from "zod";

/** LiveKit hands out refreshed tokens that are good for ten minutes; nothing of ours or of LiveKit's is longer, in seconds. */
const MAX_LIFETIME_SECONDS = 15 * 60;

const Claims = z.object({
  sub: z.string().min(1).max(64),
  exp: z.number(),
  nbf: z.number(),
  video: z.object({
    roomJoin: z.literal(true),
    room: z.string().min(1).max(64),
    // No browser of ours holds any of these.
    roomAdmin: z.literal(false).optional(),
    roomCreate: z.literal(false).optional(),
    roomList: z.literal(false).optional(),
    roomRecord: z.literal(false).optional(),
    recorder: z.literal(false).optional(),
    agent: z.literal(false).optional(),
  }),
});

/** Whom a token names, and for which LiveKit room. */
export type Bearer = { identity: string; room: string };

/** @returns undefined for a token that is not ours, has run out, or would last longer than one of ours. */
export async function readToken(
  key: { apiKey: string; apiSecret: string },
  token: string,
): Promise<Bearer | undefined> {
  try {
    if (algorithmOf(token) !== "HS256") return undefined;
    const { sub, exp, nbf, video } = Claims.parse(await new TokenVerifier(key.apiKey, key.apiSecret).verify(token));
    if (exp - nbf > MAX_LIFETIME_SECONDS) return undefined;
    return { identity: sub, room: video.room };
  } catch {
    // Which of the checks failed is nobody's business at the door.
    return undefined;
  }
}

function algorithmOf(token: string): unknown {
  const header: unknown = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString("utf8"));
  return typeof header === "object" && header !== null && "alg" in header ? header.alg : undefined;
}
