import "server-only";
import { createHmac } from "node:crypto";
import { env } from "#lib/env.ts";

/** Base64url characters kept of a hash: 162 bits, too many to guess or to collide. */
const LENGTH = 27;

/**
 * Turns what we must not store (an account at a provider, a guest's cookie, an address) into a name that means nothing
 * elsewhere.
 *
 * The same parts give the same name as long as IDENTITY_SECRET stays; `purpose` keeps a name from being reused for something
 * else.
 */
export function opaque(purpose: "account" | "guest" | "address" | "pass" | "room", ...parts: string[]): string {
  // As JSON, so that two different lists of parts never give the same text.
  return createHmac("sha256", env().IDENTITY_SECRET)
    .update(JSON.stringify([purpose, ...parts]))
    .digest("base64url")
    .slice(0, LENGTH);
}
