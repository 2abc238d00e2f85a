import { createHash } from "node:crypto";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { tokensIn } from "../../e2e/support/tokens.ts";
import type { Cloud, RunningSite } from "./cloud.ts";
import { throughCloudFront } from "./cloudfront.ts";
import type { Container } from "./container.ts";

/** As entry answers it. */
export type Leg = { leg: string; site: string; url: string; token: string; home: boolean };

export function siteOf({ sites }: Cloud, leg: Leg): RunningSite {
  const found = sites.find(({ site }) => site.name === leg.site);
  if (!found) throw new Error(`No site is called ${leg.site}`);
  return found;
}

/** Connects as a browser does first, without any media. */
export async function signal({ url, token }: Leg): Promise<WebSocket> {
  const socket = new WebSocket(`${url}/rtc?access_token=${token}&protocol=16&auto_subscribe=0`);
  // LiveKit's first word is that one has joined.
  await new Promise((resolve, reject) => {
    socket.addEventListener("message", resolve, { once: true });
    socket.addEventListener("error", () => reject(new Error("LiveKit let nobody in")), { once: true });
  });
  return socket;
}

/** LiveKit asked directly, past the product. */
export async function seenByLiveKit(cloud: Cloud, leg: Leg) {
  const { apiUrl, apiKey, apiSecret } = siteOf(cloud, leg);
  const [held] = tokensIn(leg.token);
  return new RoomServiceClient(apiUrl, apiKey, apiSecret).getParticipant(held?.room ?? "", held?.identity ?? "");
}

/** LiveKit's own signature over a body, or one by somebody who guessed the secret. */
export async function signWebhook(event: object, apiKey: string, secret: string): Promise<string> {
  const token = new AccessToken(apiKey, secret, { ttl: 60 });
  token.sha256 = createHash("sha256").update(JSON.stringify(event)).digest("base64");
  return token.toJwt();
}

/** Sends a webhook, from anywhere. */
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
