import "server-only";
import { type ClaimGrants, TokenVerifier } from "livekit-server-sdk";
import { CLOCK_TOLERANCE_SECONDS } from "#lib/clock.ts";

type KeyPair = { apiKey: string; apiSecret: string };

/** The contents of a token that was signed with one of our keys. */
export type SignedToken = {
  /** Undefined when it is not valid at this moment. */
  claims: ClaimGrants | undefined;
  /** By how much, in milliseconds, the signer's clock is at least ahead of ours; 0 when the token does not show it. */
  aheadMs: number;
};

/**
 * Verifies a token with LiveKit's own verifier, for clocks that differ by up to a minute.
 *
 * A token from the future proves that the signer's clock is ahead. An expired one proves nothing: it may just be old.
 *
 * @throws Error for a token that is not signed with this key, has expired, or is not a token.
 */
export async function verifySigned({ apiKey, apiSecret }: KeyPair, token: string): Promise<SignedToken> {
  try {
    const claims = await new TokenVerifier(apiKey, apiSecret).verify(token, CLOCK_TOLERANCE_SECONDS);
    return { claims, aheadMs: aheadMs(claims) };
  } catch (error) {
    const payload = notYetValid(error);
    if (!payload) throw error;
    return { claims: undefined, aheadMs: aheadMs(payload) };
  }
}

function aheadMs({ nbf }: { nbf?: unknown }): number {
  return typeof nbf === "number" ? Math.max(0, nbf * 1_000 - Date.now()) : 0;
}

/** The verifier checks the signature before the times, so a token whose times it rejects is ours. */
function notYetValid(error: unknown): { nbf?: unknown } | undefined {
  if (!(error instanceof Error) || !("claim" in error) || error.claim !== "nbf" || !("payload" in error))
    return undefined;
  return typeof error.payload === "object" && error.payload !== null ? error.payload : undefined;
}
