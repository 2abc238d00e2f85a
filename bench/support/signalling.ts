import { once } from "node:events";
import { AccessToken, type VideoGrant } from "livekit-server-sdk";
import { WebSocket } from "ws";

export type Signer = { apiKey: string; apiSecret: string };

/** The path with a token like our API's, for a participant who only watches. */
export async function signalPath(
  { apiKey, apiSecret }: Signer,
  room: string,
  identity: string,
  grant: Partial<VideoGrant> = {},
): Promise<string> {
  const token = new AccessToken(apiKey, apiSecret, { identity, ttl: 60 });
  const rights = { canPublish: false, canSubscribe: true, canPublishData: false, canUpdateOwnMetadata: false };
  token.addGrant({ roomJoin: true, room, hidden: false, ...rights, ...grant });
  return `/rtc?access_token=${await token.toJwt()}&protocol=16`;
}

/** Joins at the signalling level only. @returns the connection, and the milliseconds until LiveKit's first message. */
export async function join(url: string, options: object = {}): Promise<{ socket: WebSocket; tookMs: number }> {
  const beganAtMs = performance.now();
  const socket = new WebSocket(url, options);
  await once(socket, "message");
  return { socket, tookMs: performance.now() - beganAtMs };
}
