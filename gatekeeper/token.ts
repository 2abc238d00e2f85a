import { z } from "zod";
import { type SignedToken, verifySigned } from "#lib/livekit/signed-token.ts";
import { parseMediaRoom } from "#lib/presence/media-room.ts";
import { type RoomKind, VideoGrantSchema } from "#lib/tokens/grant-schema.ts";

/** LiveKit hands out refreshed tokens that are good for ten minutes; nothing of ours or of LiveKit's is longer, in seconds. */
const MAX_LIFETIME_SECONDS = 15 * 60;

/** Every claim in our tokens, and in those that LiveKit makes of them. No other is let through: it may be a right that we do not know. */
const claimsOf = (kind: RoomKind) =>
  z.strictObject({
    iss: z.string(),
    sub: z.string().min(1).max(64),
    exp: z.number(),
    nbf: z.number(),
    iat: z.number().optional(),
    jti: z.string().optional(),
    identity: z.string().optional(),
    name: z.string().optional(),
    kind: z.literal("standard").optional(),
    attributes: z.record(z.string(), z.string()).optional(),
    video: VideoGrantSchema[kind],
  });
const CLAIMS = { meeting: claimsOf("meeting"), lobby: claimsOf("lobby") };

/** The identity a token names, and its LiveKit room. */
export type Bearer = { identity: string; room: string; kind: RoomKind };
/** `bearer` is undefined for a token that is not accepted. `aheadMs`: by how much the signer's clock is ahead of ours at least. */
export type TokenReading = { bearer: Bearer | undefined; aheadMs: number };

/** Reads a token. None is let through that is not ours, has run out, would last longer than one of ours, or grants anything else. */
export async function readToken(key: { apiKey: string; apiSecret: string }, token: string): Promise<TokenReading> {
  try {
    if (algorithmOf(token) !== "HS256") return { bearer: undefined, aheadMs: 0 };
    const { claims, aheadMs } = await verifySigned(key, token);
    return { bearer: claims && bearerOf(claims), aheadMs };
  } catch {
    // Which of the checks failed is not for the outside.
    return { bearer: undefined, aheadMs: 0 };
  }
}

function bearerOf(claims: NonNullable<SignedToken["claims"]>): Bearer | undefined {
  const room = parseMediaRoom(claims.video?.room ?? "");
  if (!room) return undefined;
  const parsed = CLAIMS[room.kind].safeParse(claims);
  if (!parsed.success) return undefined;
  const { sub, exp, nbf, video } = parsed.data;
  return exp - nbf > MAX_LIFETIME_SECONDS ? undefined : { identity: sub, room: video.room, kind: room.kind };
}

function algorithmOf(token: string): unknown {
  const header: unknown = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString("utf8"));
  return typeof header === "object" && header !== null && "alg" in header ? header.alg : undefined;
}
