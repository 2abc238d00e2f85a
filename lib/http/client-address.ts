import "server-only";
import { opaque } from "#lib/auth/opaque.ts";
import { env } from "#lib/env.ts";
import { networkOf } from "#lib/network-address.ts";

/**
 * The browser's network address as an opaque key. Limits count by it; the address itself is stored nowhere.
 *
 * Only the last entry of the header was written by the proxy in front of us; the entries before it are the browser's own
 * claims. Without the header all callers share one key, so limits are too strict rather than absent.
 */
export function addressKeyOf(headers: Headers): string {
  const entries = headers.get(env().CLIENT_ADDRESS_HEADER)?.split(",") ?? [];
  return opaque("address", networkOf(entries.at(-1)?.trim() ?? "") || "unknown");
}
