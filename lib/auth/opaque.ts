import "server-only";
import { createHmac } from "node:crypto";
import { env } from "#lib/env.ts";

/** Base64url characters kept of a hash: 162 bits, beyond guessing and beyond collisions. */
const LENGTH = 27;

/**
 * Turns what we must not keep (an account at a provider, a guest's cookie, an address) into a name that means nothing elsewhere.
 *
 * The same parts give the same name as long as IDENTITY_SECRET stays; `purpose` keeps one use from being passed off as another.
 */
export function opaque(purpose: "account" | "guest" | "address" | "pass" | "room", ...parts: string[]): string {
  // As JSON, so that no two lists of parts can run together into the same text.
  return createHmac("sha256", env().IDENTITY_SECRET)
    .update(JSON.stringify([purpose, ...parts]))
    .digest("base64url")
    .slice(0, LENGTH);
}
