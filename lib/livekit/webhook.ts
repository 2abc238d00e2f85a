import "server-only";
import { type WebhookEvent, WebhookReceiver } from "livekit-server-sdk";
import { CLOCKS_APART_MS, CLOCK_TOLERANCE_SECONDS } from "#lib/clock.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { readBounded } from "#lib/read-bounded.ts";
import type { MediaSite } from "#lib/media-sites.ts";
import { configuredSites } from "#lib/shared-env.ts";
import { verifySigned } from "./signed-token.ts";

/** What LiveKit sends, and where it comes from. */
export type MediaEvent = {
  event: WebhookEvent;
  /** The sites whose key it was signed with: those of one region may share a key. */
  sites: readonly string[];
};

/** LiveKit repeats for half a minute, and a signature lasts five; anything later is a replay, in milliseconds. */
const MAX_AGE_MS = 5 * 60_000;
/** How far a media server's clock may be ahead of ours, in milliseconds. */
const MAX_AHEAD_MS = CLOCK_TOLERANCE_SECONDS * 1_000;
/** What LiveKit puts into the token that signs a webhook. A browser's token has a `video` grant and more. */
const CLAIMS = new Set(["iss", "sub", "exp", "nbf", "iat", "jti", "sha256"]);

/** The largest events name one participant with all their tracks. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * Reads an event that one of our media servers signed within the last five minutes.
 *
 * @throws AppError `not_signed_in` for everything else, `not_json`, `body_too_large`.
 */
export async function readMediaEvent(request: Request, nowMs: number): Promise<MediaEvent> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/webhook+json") throw new AppError("not_json");
  // LiveKit sends the token alone, without "Bearer".
  const token = request.headers.get("authorization") ?? "";
  if (token === "") throw new AppError("not_signed_in");
  const body = (await readBounded(request, MAX_BODY_BYTES)).toString("utf8");
  try {
    return await verify(body, token, nowMs);
  } catch (cause) {
    throw new AppError("not_signed_in", {}, { cause });
  }
}

async function verify(body: string, token: string, nowMs: number): Promise<MediaEvent> {
  const key = issuerOf(token);
  const sites = configuredSites().filter(({ apiKey }) => apiKey === key);
  const [site] = sites;
  if (!site) throw new Error("The key is none of ours");
  await refuseOtherTokens(site, token);
  const receiver = new WebhookReceiver(site.apiKey, site.apiSecret);
  const event = await receiver.receive(body, token, false, CLOCK_TOLERANCE_SECONDS);
  const ageMs = nowMs - Number(event.createdAt) * 1_000;
  if (ageMs > MAX_AGE_MS || ageMs < -MAX_AHEAD_MS) throw new Error("The event is not of now");
  return { event, sites: sites.map(({ site: name }) => name) };
}

/** Reads the claimed signer; the signature is checked with their secret next. */
function issuerOf(token: string): unknown {
  const payload: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
  return typeof payload === "object" && payload !== null && "iss" in payload ? payload.iss : undefined;
}

/** A guest's own token carries our signature too. */
async function refuseOtherTokens(site: MediaSite, token: string): Promise<void> {
  const { claims, aheadMs } = await verifySigned(site, token);
  // The operator must be notified before events are lost. Sites of one region share a key: it may be any of them.
  if (aheadMs > CLOCKS_APART_MS) log("error", "webhook.clocks-apart", { site: site.site, aheadMs });
  if (!claims) throw new Error("The token is not valid yet");
  if (!Object.keys(claims).every((name) => CLAIMS.has(name))) throw new Error("The token is for something else");
}
