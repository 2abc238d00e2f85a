import { createHash } from "node:crypto";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { tokensIn } from "../../e2e/support/tokens.ts";
import type { Cloud, RunningSite } from "./cloud.ts";
import { throughCloudFront } from "./cloudfront.ts";
import type { Container } from "./container.ts";

/** A leg as entry returns it. */
export type Leg = { leg: string; site: string; url: string; token: string; home: boolean };

export function siteOf({ sites }: Cloud, leg: Leg): RunningSite {
  const found = sites.find(({ site }) => site.name === leg.site);
  if (!found) throw new Error(`No site is called ${leg.site}`);
  return found;
}

/** Connects like a browser, at the signalling level only. */
export async function signal({ url, token }: Leg): Promise<WebSocket> {
  const socket = new WebSocket(`${url}/rtc?access_token=${token}&protocol=16&auto_subscribe=0`);
  // LiveKit's first message says that the participant has joined.
  await new Promise((resolve, reject) => {
    socket.addEventListener("message", resolve, { once: true });
    socket.addEventListener("error", () => reject(new Error("LiveKit let nobody in")), { once: true });
  });
  return socket;
}

/** Asks LiveKit directly, not through the product. */
export async function seenByLiveKit(cloud: Cloud, leg: Leg) {
  const { apiUrl, apiKey, apiSecret } = siteOf(cloud, leg);
  const [held] = tokensIn(leg.token);
  return new RoomServiceClient(apiUrl, apiKey, apiSecret).getParticipant(held?.room ?? "", held?.identity ?? "");
}

/** LiveKit's own signature over a body, or one with a guessed secret. */
export async function signWebhook(event: object, apiKey: string, secret: string): Promise<string> {
  const token = new AccessToken(apiKey, secret, { ttl: 60 });
  token.sha256 = createHash("sha256").update(JSON.stringify(event)).digest("base64");
  return token.toJwt();
}

/** Sends a webhook, from any address. */
export function tell(
  container: Container,
  event: object,
  authorization: string | undefined,
  more: Record<string, string> = {},
) {
  const headers = { "content-type": "application/webhook+json", ...more, ...(authorization && { authorization }) };
  const request = { method: "POST", path: "/api/livekit/webhook", headers, body: JSON.stringify(event) };
  return container.invoke(throughCloudFront({ address: "198.51.100.7" }, request));
}
