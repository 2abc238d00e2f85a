import "server-only";
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { hasSecureCookies } from "#lib/env.ts";

/** The secret in a guest's cookie: 256 bits. Only its hash per room is ever stored, see `personKeyOf`. */
export const GuestPass = z
  .string()
  .regex(/^[\w-]{43}$/)
  .brand<"GuestPass">();
export type GuestPass = z.infer<typeof GuestPass>;

/** Longer than any meeting, shorter than a shared computer's next user should fear. */
const LIFETIME_SECONDS = 12 * 60 * 60;

export function newGuestPass(): GuestPass {
  return GuestPass.parse(randomBytes(32).toString("base64url"));
}

/** @returns undefined for anything this server cannot have issued. */
export function parseGuestPass(text: string | undefined): GuestPass | undefined {
  return GuestPass.safeParse(text).data;
}

/**
 * `__Host-` makes browsers refuse the cookie unless it is Secure, for this host only and for all paths,
 * so that a neighbouring subdomain cannot plant one.
 */
export function guestPassCookieName(): string {
  return hasSecureCookies() ? "__Host-veet-guest" : "veet-guest";
}

/** @returns the value of a Set-Cookie header. */
export function serialiseGuestPass(pass: GuestPass): string {
  return cookie(pass, LIFETIME_SECONDS);
}

/** @returns the value of a Set-Cookie header that takes the pass back. */
export function serialiseNoGuestPass(): string {
  return cookie("", 0);
}

function cookie(value: string, maxAgeSeconds: number): string {
  const secure = hasSecureCookies() ? "; Secure" : "";
  return `${guestPassCookieName()}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}
