/** One request as it is sent. */
export type FuzzedRequest = { method: string; target: string; headers: [name: string, value: string][]; body: string };

/** Kinds of senders, by name, with their Cookie headers. */
export type FuzzPeople = Record<string, string>;

export type FuzzPlan = {
  seed: number;
  count: number;
  /** `host:port` of the site, and its origin. */
  host: string;
  origin: string;
  /** A room that exists. */
  code: string;
  people: FuzzPeople;
  /** A marker in most queries, which must not appear in the log. */
  canary: string;
};

/** A seeded generator of numbers from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Values for parameters. */
const ODD_PARTS = [
  "%ff", "%zz", "%", "%c0%af", "%e2%82", "%00", "%0d%0a", "%2e%2e", "..", ".", "%5c", "%2f", "%25ff", "abc-defg-hij", "ABC-DEFG-HIJ",
  "__proto__", "constructor", "[code]", "%5Bcode%5D", "(x)", "@x", "null", "-1", "é", "%F0%9D%94%9E", "%E2%80%8B", "a".repeat(300),
  "t_0123456789abcdefghij", "p_0123456789abcdefghij", ";x=1", "'", '"', "<b>", "{{x}}", "${x}", "*", "~", "|", "^", "`", "\\", " ".trim(),
]; // prettier-ignore

const ROUTES = [
  "/", "/sign-in", "/status", "/meet/:x", "/meet/:x/:x", "/:x", "/:x/:x", "/icon.svg", "/icon.svg:x", "/favicon.ico", "/robots.txt", "/_next/static/:x",
  "/_next/image?url=:x&w=64&q=75", "/_next/data/:x.json", "/_next/:x", "/_not-found", "/_error", "/api", "/api/:x", "/api/health", "/api/health/regions",
  "/api/health/:x", "/api/status", "/api/probe", "/api/livekit/webhook", "/api/rooms", "/api/rooms/:c", "/api/rooms/:c/:x", "/api/rooms/:c/calendar",
  "/api/rooms/:c/chat", "/api/rooms/:c/entry", "/api/rooms/:c/hand", "/api/rooms/:c/home", "/api/rooms/:c/leave", "/api/rooms/:c/legs",
  "/api/rooms/:c/lobby", "/api/rooms/:c/lobby/:x", "/api/rooms/:c/moderation", "/api/rooms/:c/presence", "/api/rooms/:c/ticket",
  "/api/auth/csrf", "/api/auth/session", "/api/auth/signin", "/api/auth/signin/oidc", "/api/auth/signin/:x", "/api/auth/callback/oidc",
  "/api/auth/callback/:x", "/api/auth/signout", "/api/auth/error", "/api/auth/_log", "/api/auth/providers", "/api/auth/:x/:x", "//:x", "/api//rooms",
  "/api/rooms/../status", "/meet/", "/./api/rooms",
]; // prettier-ignore

const METHODS = [
  ...Array<string>(5).fill("GET"), ...Array<string>(5).fill("POST"), "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS",
  "TRACE", "PROPFIND", "REPORT", "SEARCH", "LOCK", "PURGE", "M-SEARCH", "SOURCE", "BREW", "get",
]; // prettier-ignore

const QUERY_NAMES = [
  "x", "code", "start", "minutes", "error", "callbackUrl", "state", "iss", "session_state", "error_description", "way", "after", "ticketId",
  "nextauth", "_rsc", "__nextLocale", "__proto__", "csrf", "json",
]; // prettier-ignore

const TYPES = [
  "application/json", "application/json; charset=utf-8", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x",
  "multipart/form-data", "application/octet-stream", "application/webhook+json", "text/x-component", "x", ";", "",
]; // prettier-ignore

const BODIES = [
  "", "{}", "[]", "null", "{", '{"name":"Ada","device":"d_0123456789abcdefghij"}', '{"__proto__":{"x":1}}', '{"name":"\\u0000"}', '{"name":{"$ne":1}}',
  '{"verdict":"admitted"}', '{"action":"end"}', '{"action":"mute","identity":"p_0123456789abcdefghij"}', '{"id":"x","text":"hello"}', '{"isRaised":true}',
  '{"title":"<b>"}', '{"title":"Weekly"}', "a=1", "csrfToken=x&callbackUrl=%ff", "csrfToken=x&csrfToken=y", "error=x&json=true", "%", "a".repeat(17_000),
  "[".repeat(8_000), `{"a":${"[".repeat(500)}${"]".repeat(500)}}`, "--x\r\nContent-Disposition: form-data; name=1\r\n\r\n1\r\n--x--\r\n", "\u0000\u0001\u00ff", "\uFEFF{}",
]; // prettier-ignore

const ODD_HEADERS: [string, string][] = [
  ["next-action", "x"], ["next-action", "0".repeat(42)], ["rsc", "1"], ["next-router-state-tree", "%ff"], ["next-router-state-tree", "[]"],
  ["next-router-prefetch", "1"], ["next-url", "/%ff"], ["x-nextjs-data", "1"], ["x-middleware-subrequest", "proxy:proxy:proxy:proxy:proxy"],
  ["x-middleware-rewrite", "/status"], ["x-invoke-path", "/x"], ["x-forwarded-host", "evil.example"], ["x-forwarded-host", "a b"],
  ["x-forwarded-proto", "javascript"], ["x-forwarded-port", "x"], ["x-original-url", "/status"], ["x-rewrite-url", "/status"], ["x-http-method-override", "DELETE"],
  ["x-request-id", "r_0123456789abcdefghij"], ["x-request-id", "\u00e9\u00ff"], ["x-veet-device", "d_0123456789abcdefghij"], ["x-veet-device", "d_"],
  ["x-veet-probe-secret", "x".repeat(40)], ["authorization", "Bearer eyJhbGciOiJub25lIn0.e30."], ["authorization", "Basic %"], ["accept", "text/html"],
  ["accept", "text/x-component"], ["accept-encoding", "x"], ["accept-language", "\u00ff"], ["range", "bytes=5-1"], ["range", "bytes=9999999-"], ["range", "x"], ["if-range", "x"], ["if-match", "x"],
  ["if-unmodified-since", "Thu, 01 Jan 1970 00:00:00 GMT"], ["next-router-segment-prefetch", "/_tree"], ["next-router-segment-prefetch", "%ff"],
  ["next-hmr-refresh", "1"], ["next-router-state-tree", "%5B%22%22%2C%7B%7D%5D"], ["if-none-match", '"x'],
  ["if-modified-since", "x"], ["cache-control", "x=\u00ff"], ["sec-fetch-site", "cross-site"], ["sec-fetch-dest", "image"], ["sec-fetch-mode", "x"],
  ["traceparent", "00-%"], ["upgrade", "websocket"], ["expect", "x"], ["expect", "100-continue"], ["te", "x"], ["content-encoding", "gzip"], ["user-agent", ""], ["via", "x"], ["purpose", "prefetch"],
]; // prettier-ignore

const ODD_COOKIES = [
  "next-auth.session-token=x", "next-auth.session-token=eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..x.x.x", "next-auth.session-token.0=x",
  "next-auth.csrf-token=%", "next-auth.csrf-token=x%7Cy", "next-auth.state=x", "next-auth.nonce=%ff", "next-auth.pkce.code_verifier=x",
  "next-auth.callback-url=x", "next-auth.callback-url=%ff", "veet-guest=x", "veet-guest=%ff", "__proto__=x", "=", ";", "a=\u00ff", "__prerender_bypass=x", "x=".repeat(200),
]; // prettier-ignore

/** Generates requests, most of them malformed. The same seed gives the same requests. */
export function fuzzedRequests({ seed, count, host, origin, code, people, canary }: FuzzPlan): FuzzedRequest[] {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (share: number) => random() < share;
  const cookies = Object.values(people);

  const path = () =>
    pick(ROUTES)
      .replaceAll(":c", () => (chance(0.6) ? code : pick(ODD_PARTS)))
      .replaceAll(":x", () => pick(ODD_PARTS));
  const query = () => {
    const pairs = Array.from({ length: Math.floor(random() * 3) }, () => `${pick(QUERY_NAMES)}=${pick(ODD_PARTS)}`);
    return [`q=${canary}`, ...pairs, ...(chance(0.3) ? [`${pick(QUERY_NAMES)}=${canary}`] : [])].join("&");
  };
  const target = () => {
    if (chance(0.02)) return pick(["*", `http://evil.example/${pick(ODD_PARTS)}`, pick(ODD_PARTS), "?x"]);
    const base = path();
    return chance(0.6) ? `${base}${base.includes("?") ? "&" : "?"}${query()}` : base;
  };
  const cookie = () => [pick(cookies), ...(chance(0.3) ? [pick(ODD_COOKIES)] : []), ...(chance(0.1) ? [pick(cookies)] : [])].filter(Boolean).join("; "); // prettier-ignore

  return Array.from({ length: count }, () => {
    const address = target();
    // Pages refuse all but two methods, and most requests should get past that check.
    const method = !address.startsWith("/api/") && chance(0.6) ? "GET" : pick(METHODS);
    const headers: [string, string][] = [
      ["Host", chance(0.03) ? pick(["a b", "evil.example", "", "x/y", "[::1"]) : host],
    ];
    if (chance(0.8)) headers.push(["Origin", chance(0.9) ? origin : pick(["null", "https://evil.example", "\u00ff"])]);
    // A different network address for each request, so that rate limits do not hide the code behind them.
    headers.push(["X-Forwarded-For", `10.${[0, 0, 0].map(() => Math.floor(random() * 256)).join(".")}`]);
    const sent = cookie();
    if (sent) headers.push(["Cookie", sent]);
    for (let more = Math.floor(random() * 3); more > 0; more -= 1) headers.push(pick(ODD_HEADERS));
    const body = method === "GET" || method === "HEAD" ? "" : pick(BODIES);
    if (body || chance(0.1)) headers.push(["Content-Type", pick(TYPES)]);
    return { method, target: address, headers, body };
  });
}
