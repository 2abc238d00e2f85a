/**
 * The seat that a LiveKit participant speaks for: `?publish=x` on LiveKit's address makes `identity#x` out of a token for
 * `identity`, and removing or muting one leaves the other.
 */
export function seatIdentityOf(participantIdentity: string): string {
  return participantIdentity.split("#", 1)[0] ?? "";
}
