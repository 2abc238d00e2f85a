import "server-only";

/**
 * Gives a function that finds a cookie in a Cookie header.
 *
 * Only names and values as we write them are found; of two with one name the first counts, which is the more specific one.
 */
export function cookieReader(header: string | null): (name: string) => string | undefined {
  const pairs = (header ?? "").split(";").map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
  });
  return (name) => pairs.find(([given]) => given === name)?.[1];
}
