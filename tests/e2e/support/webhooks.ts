import { createHash } from "node:crypto";
import { AccessToken } from "livekit-server-sdk";
import { readStack } from "./stack.ts";

/** Sends an event to our webhook as LiveKit would, with whatever signature is asked for. */
export async function sendWebhook(event: object, authorization: string | undefined): Promise<number> {
  const response = await fetch(`${readStack().baseUrl}/api/livekit/webhook`, {
    method: "POST",
    headers: { "content-type": "application/webhook+json", ...(authorization === undefined ? {} : { authorization }) },
    body: JSON.stringify(event),
  });
  return response.status;
}

/** LiveKit's own signature over a body, or one with a wrong secret. */
export async function signWebhook(event: object, secret = readStack().livekit.apiSecret): Promise<string> {
  const token = new AccessToken(readStack().livekit.apiKey, secret, { ttl: 60 });
  token.sha256 = createHash("sha256").update(JSON.stringify(event)).digest("base64");
  return token.toJwt();
}
