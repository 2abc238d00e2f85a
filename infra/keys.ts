import type { Region } from "./regions.ts";

/** The key pair that signs a region's tokens. */
export type KeyPair = { apiKey: string; apiSecret: string };

/**
 * The generations of every region's LiveKit key that are accepted; the first one signs. A rotation takes three deployments:
 * [1] → [1, 2] → [2, 1] → [2]; docs/operations-aws.md says what to wait for between them.
 */
export const KEY_GENERATIONS: readonly [number, ...number[]] = [1];

/** Each region has its own key name, so that a token names its region and does not verify elsewhere. */
export function apiKeyOf({ code }: Region, generation: number): string {
  return generation === 1 ? `veet-${code}` : `veet-${code}-${generation}`;
}
