/** Where users land if they came from no particular page. */
const HOME = "/";

/**
 * Returns the path on this site to send a user to after signing in or out, whatever was requested.
 *
 * Browsers read `\` as `/`, drop tabs and line ends in addresses, and read `//host` as another site. So a path is parsed as a
 * browser would, and must still be on this site, byte for byte. The API is no place to land either.
 *
 * @param origin - Our own, without a trailing slash.
 */
export function safePath(wanted: string | null | undefined, origin: string): string {
  if (!wanted) return HOME;
  const path = wanted === origin || wanted.startsWith(`${origin}/`) ? wanted.slice(origin.length) || HOME : wanted;
  if (!/^\/(?![/\\])[^\\\s\p{Cc}]*$/u.test(path) || !URL.canParse(path, origin)) return HOME;
  const url = new URL(path, origin);
  const isHere = url.origin === origin && !url.pathname.startsWith("//") && !/^\/api(\/|$)/i.test(url.pathname);
  return isHere ? `${url.pathname}${url.search}${url.hash}` : HOME;
}
