/**
 * The seat behind a LiveKit participant. A client that adds `?publish=x` to LiveKit's address turns a token for `identity` into
 * a duplicate `identity#x`, and removing or muting one leaves the other.
 */
export function seatIdentityOf(participantIdentity: string): string {
  return participantIdentity.split("#", 1)[0] ?? "";
}
