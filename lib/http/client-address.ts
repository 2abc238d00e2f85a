import "server-only";
import { opaque } from "#lib/auth/opaque.ts";
import { env } from "#lib/env.ts";

/**
 * The browser's network address as an opaque key: limits count by it, the address itself is stored nowhere.
 *
 * Of the header's entries only the last was written by the proxy in front of us; all before it are the browser's own claims.
 * Without the header everybody shares one key, so limits are too strict rather than absent.
 */
export function addressKeyOf(headers: Headers): string {
  const entries = headers.get(env().CLIENT_ADDRESS_HEADER)?.split(",") ?? [];
  return opaque("address", network(entries.at(-1)?.trim() ?? "") || "unknown");
}

/** IPv6 subscribers hold a /64 or more, so addresses within one count as one. A port, if any, is dropped. */
function network(entry: string): string {
  const address = entry.replace(/^\[(.*)\](:\d+)?$/, "$1").toLowerCase();
  if (address.includes(".")) return address.replace(/^::ffff:/, "").replace(/:\d+$/, "");
  if (!address.includes(":")) return address;
  return expand(address).slice(0, 4).join(":");
}

/** Writes out the zeros that `::` stands for, as eight groups. */
function expand(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail?.split(":").filter(Boolean) ?? [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(zeros).fill("0"), ...right].map((group) => group.replace(/^0+(?=.)/, ""));
}
