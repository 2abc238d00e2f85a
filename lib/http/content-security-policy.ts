/**
 * The `<style>` that sonner adds to the page while it loads; it supports no nonce. The test fails when an update changes it.
 */
export const SONNER_STYLE_HASH = "sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=";

/** The empty text: the content of that `<style>` before its text is inserted. */
const EMPTY_STYLE_HASH = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

export type PolicyFacts = {
  /** Unguessable, new for each page. */
  nonce: string;
  /** Where browsers reach the media servers, `ws:` or `wss:`. */
  mediaUrls: readonly string[];
  /** Next's development server evaluates code, adds its own styles and connects to the page. */
  isDevelopment: boolean;
};

/**
 * What a page may load, run and connect to.
 *
 * Scripts run with a nonce, and so do the scripts they load; styles by nonce or from our own files. Style attributes are
 * allowed: the server renders some, and they cannot run anything. Media servers are listed one by one: a bare `wss:` would let
 * an attacker send stolen data anywhere.
 */
export function contentSecurityPolicy({ nonce, mediaUrls, isDevelopment }: PolicyFacts): string {
  const directives: Record<string, string[]> = {
    "default-src": ["'none'"],
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(isDevelopment ? ["'unsafe-eval'"] : [])],
    "style-src": isDevelopment
      ? ["'self'", "'unsafe-inline'"]
      : ["'self'", `'nonce-${nonce}'`, `'${SONNER_STYLE_HASH}'`, `'${EMPTY_STYLE_HASH}'`],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "media-src": ["'self'", "blob:", "mediastream:"],
    "connect-src": ["'self'", ...originsOf(mediaUrls), ...(isDevelopment ? ["ws:", "wss:"] : [])],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'", "blob:"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "object-src": ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}

/** Both origins of each server: the meeting uses `wss:`, and browsers ask over `https:` why a connection was refused. */
function originsOf(mediaUrls: readonly string[]): string[] {
  const origins = mediaUrls.map((url) => new URL(url).origin);
  return [...new Set(origins.flatMap((origin) => [origin, origin.replace(/^ws/, "http")]))];
}
