import type { ErrorCode } from "#lib/errors.ts";

/** Whether a site can be drained: another one must be left for new meetings. Draining a drained site changes nothing. */
export function mayDrain(
  site: string,
  sites: readonly string[],
  drained: ReadonlySet<string>,
): "yes" | Extract<ErrorCode, "not_found" | "last_site"> {
  if (!sites.includes(site)) return "not_found";
  const isOtherLeft = sites.some((other) => other !== site && !drained.has(other));
  return isOtherLeft || drained.has(site) ? "yes" : "last_site";
}
