import "server-only";

/**
 * Returns a function that finds a cookie in a Cookie header. The API, pages and next-auth all use it.
 *
 * Two cookies of one name count as none: one of them may be planted, and we cannot tell which.
 */
export function cookieReader(header: string | null): (name: string) => string | undefined {
  const pairs = (header ?? "").split(";").map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
  });
  return (name) => {
    const [first, second] = pairs.filter(([given]) => given === name);
    return second ? undefined : first?.[1];
  };
}
