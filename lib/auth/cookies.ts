import "server-only";

/**
 * Gives a function that finds a cookie in a Cookie header. Everything that reads a cookie of ours reads it with this.
 *
 * Two cookies of one name are none: one of them was planted by somebody, and nothing says which.
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
