/** Where people land who come from nowhere in particular. */
const HOME = "/";

/**
 * Gives the path on this site that somebody is to be sent to after signing in or out, whatever was asked for.
 *
 * Browsers read `\` as `/`, drop tabs and line ends inside addresses, and take `//host` for another site, so a path is
 * parsed as a browser would and must still be here, byte for byte. The API is nowhere to land either.
 *
 * @param origin - Our own, without a slash at its end.
 */
export function safePath(wanted: string | null | undefined, origin: string): string {
  if (!wanted) return HOME;
  const path = wanted === origin || wanted.startsWith(`${origin}/`) ? wanted.slice(origin.length) || HOME : wanted;
  if (!/^\/(?![/\\])[^\\\s\p{Cc}]*$/u.test(path) || !URL.canParse(path, origin)) return HOME;
  const url = new URL(path, origin);
  const isHere = url.origin === origin && !url.pathname.startsWith("//") && !/^\/api(\/|$)/i.test(url.pathname);
  return isHere ? `${url.pathname}${url.search}${url.hash}` : HOME;
}
