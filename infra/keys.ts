import type { Region } from "./regions.ts";

/** What tokens of a region are signed with. */
export type KeyPair = { apiKey: string; apiSecret: string };

/**
 * The generations of every region's LiveKit key that are accepted; the first signs. Rotating is three deployments:
 * [1] → [1, 2] → [2, 1] → [2]; docs/operations-aws.md says what to wait for between them.
 */
export const KEY_GENERATIONS: readonly [number, ...number[]] = [1];

/** A name per region, so that a token says where it is for, and none verifies elsewhere. */
export function apiKeyOf({ code }: Region, generation: number): string {
  return generation === 1 ? `veet-${code}` : `veet-${code}-${generation}`;
}
