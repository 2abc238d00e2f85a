import "server-only";

/**
 * Gives a function that finds a cookie in a Cookie header. The API, pages and next-auth all use it.
 *
 * Two cookies of one name count as none: one of them may have been planted, and nothing tells which.
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
