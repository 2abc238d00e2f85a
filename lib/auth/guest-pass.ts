import "server-only";
import { randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { hasSecureCookies } from "#lib/env.ts";
import { opaque } from "./opaque.ts";

/**
 * The secret in a guest's cookie: 256 random bits, the second it was issued in, and our signature over both. Only its hash per
 * room is ever stored, see `personKeyOf`.
 */
export const GuestPass = z
  .string()
  .regex(/^[\w-]{43}\.[0-9a-z]{6,8}\.[\w-]{27}$/)
  .brand<"GuestPass">();
export type GuestPass = z.infer<typeof GuestPass>;

/** Longer than any meeting, and short enough for the next user of a shared computer. */
const LIFETIME_SECONDS = 12 * 60 * 60;
/** How much servers' clocks may differ. */
const MOST_SKEW_SECONDS = 60;

/** Issues a pass. It costs one HMAC and no storage; the callers limit how many an address gets. */
export function newGuestPass(nowMs: number): GuestPass {
  const random = randomBytes(32).toString("base64url");
  const issuedAt = Math.floor(nowMs / 1_000).toString(36);
  return GuestPass.parse(`${random}.${issuedAt}.${signatureOf(random, issuedAt)}`);
}

/** @returns undefined for anything this installation did not issue within the last twelve hours. */
export function parseGuestPass(text: string | undefined, nowMs: number): GuestPass | undefined {
  const pass = GuestPass.safeParse(text).data;
  if (!pass) return undefined;
  const [random = "", issuedAt = "", signature = ""] = pass.split(".");
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(random, issuedAt)))) return undefined;
  const ageSeconds = nowMs / 1_000 - Number.parseInt(issuedAt, 36);
  return ageSeconds < LIFETIME_SECONDS && ageSeconds > -MOST_SKEW_SECONDS ? pass : undefined;
}

function signatureOf(random: string, issuedAt: string): string {
  return opaque("pass", random, issuedAt);
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

/** @returns the value of a Set-Cookie header that deletes the pass. */
export function serialiseNoGuestPass(): string {
  return cookie("", 0);
}

function cookie(value: string, maxAgeSeconds: number): string {
  const secure = hasSecureCookies() ? "; Secure" : "";
  return `${guestPassCookieName()}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}
