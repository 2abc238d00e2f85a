import type { LobbyLink } from "#lib/lobby/lobby-link.ts";

/** Of `DisconnectReason` in LiveKit's protocol. */
const DUPLICATE_IDENTITY = 2;
const SIGNAL_CLOSE = 9;
const CONNECTION_TIMEOUT = 14;

/**
 * What the end of a connection means for a waiting guest. Nothing, when the same guest has connected again. `lost`, when LiveKit
 * detected it. Otherwise the page or we closed it, and the guest may be back in a moment.
 */
export function lobbyLinkAfter(reason: number): LobbyLink | undefined {
  if (reason === DUPLICATE_IDENTITY) return undefined;
  return reason === SIGNAL_CLOSE || reason === CONNECTION_TIMEOUT ? "lost" : "closed";
}
