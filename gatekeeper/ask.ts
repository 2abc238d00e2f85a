/** What a request to the gatekeeper asks for: a known path, with one token. */
export type Ask = { kind: "ask"; path: string; token: string } | { kind: "refused"; status: 400 | 401 | 403 | 404 };

/** LiveKit's signalling, and the request browsers send when it fails. Never /whip, /twirp, /agent, /debug or future paths. */
const UPGRADES = new Set(["/rtc", "/rtc/v1"]);
const READS = new Set(["/rtc", "/rtc/v1", "/rtc/validate", "/rtc/v1/validate"]);
/** `publish=x` turns the same token into another participant; `attributes=` would be chosen by the browser. */
const REFUSED = ["publish", "attributes"];

/**
 * Parses a request as LiveKit would.
 *
 * @param url - Path and query as they arrived.
 * @returns the path to forward: rebuilt, so that LiveKit reads exactly what was checked here.
 */
export function readAsk(request: { method?: string; url?: string; authorization?: string }, isUpgrade: boolean): Ask {
  const refused = (status: 400 | 401 | 403 | 404): Ask => ({ kind: "refused", status });
  const raw = request.url ?? "";
  if (!raw.startsWith("/") || !URL.canParse(raw, "http://door")) return refused(404);
  const url = new URL(raw, "http://door");
  if (request.method !== "GET" || url.host !== "door") return refused(404);
  if (!(isUpgrade ? UPGRADES : READS).has(url.pathname)) return refused(404);
  if (REFUSED.some((name) => url.searchParams.has(name))) return refused(403);
  const tokens = [...url.searchParams.getAll("access_token"), ...bearer(request.authorization)];
  // With two tokens, we cannot know which one LiveKit would use.
  if (tokens.length > 1) return refused(400);
  const [token] = tokens;
  return token ? { kind: "ask", path: url.pathname + url.search, token } : refused(401);
}

function bearer(header: string | undefined): string[] {
  return header === undefined ? [] : [header.replace(/^Bearer /, "")];
}
