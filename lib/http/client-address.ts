import "server-only";
import { opaque } from "#lib/auth/opaque.ts";
import { env } from "#lib/env.ts";
import { networkOf } from "#lib/network-address.ts";

/**
 * The browser's network address as an opaque key: limits count by it, the address itself is stored nowhere.
 *
 * Of the header's entries only the last was written by the proxy in front of us; all before it are the browser's own claims.
 * Without the header everybody shares one key, so limits are too strict rather than absent.
 */
export function addressKeyOf(headers: Headers): string {
  const entries = headers.get(env().CLIENT_ADDRESS_HEADER)?.split(",") ?? [];
  return opaque("address", networkOf(entries.at(-1)?.trim() ?? "") || "unknown");
}
