import { z } from "zod";
import { type SignedToken, verifySigned } from "#lib/livekit/signed-token.ts";
import { parseMediaRoom } from "#lib/presence/media-room.ts";
import { type RoomKind, VideoGrantSchema } from "#lib/tokens/grant-schema.ts";

/**
 * LiveKit issues refreshed tokens that are valid for ten minutes; no token of ours or of LiveKit's lasts longer than this, in
 * seconds.
 */
const MAX_LIFETIME_SECONDS = 15 * 60;

/**
 * Every claim in our tokens, and in those that LiveKit derives from them. No other is accepted: it may be a right that we do
 * not know.
 */
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

/** The identity in a token, and its LiveKit room. */
export type Bearer = {
  identity: string;
  room: string;
  kind: RoomKind;
  /** The token hides its bearer in a meeting, which only services may. */
  isHidden: boolean;
};
/**
 * `bearer` is undefined for a token that is not accepted. `aheadMs`: by how much the signer's clock is at least ahead of ours.
 */
export type TokenReading = { bearer: Bearer | undefined; aheadMs: number };

/** Reads a token. Accepts none that is not ours, has expired, would last longer than one of ours, or grants anything else. */
export async function readToken(key: { apiKey: string; apiSecret: string }, token: string): Promise<TokenReading> {
  try {
    if (algorithmOf(token) !== "HS256") return { bearer: undefined, aheadMs: 0 };
    const { claims, aheadMs } = await verifySigned(key, token);
    return { bearer: claims && bearerOf(claims), aheadMs };
  } catch {
    // Callers must not learn which check failed.
    return { bearer: undefined, aheadMs: 0 };
  }
}

function bearerOf(claims: NonNullable<SignedToken["claims"]>): Bearer | undefined {
  const room = parseMediaRoom(claims.video?.room ?? "");
  if (!room) return undefined;
  const parsed = CLAIMS[room.kind].safeParse(claims);
  if (!parsed.success) return undefined;
  const { sub, exp, nbf, video } = parsed.data;
  if (exp - nbf > MAX_LIFETIME_SECONDS) return undefined;
  const isHidden = room.kind === "meeting" && video.hidden === true;
  return { identity: sub, room: video.room, kind: room.kind, isHidden };
}

function algorithmOf(token: string): unknown {
  const header: unknown = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString("utf8"));
  return typeof header === "object" && header !== null && "alg" in header ? header.alg : undefined;
}
