import "server-only";
import { headers } from "next/headers";
import type { AccountId, PersonKey, RoomCode } from "#lib/ids.ts";
import { cookieReader } from "./cookies.ts";
import { type GuestPass, guestPassCookieName, parseGuestPass } from "./guest-pass.ts";
import { opaque } from "./opaque.ts";
import { readSession, type Session, sessionCookieName } from "./session-token.ts";
import { hasSessionEnded } from "./sign-out-repository.ts";

export type AccountActor = { kind: "account"; accountId: AccountId; name: string };
export type GuestActor = { kind: "guest"; pass: GuestPass | undefined };
/** Who is asking from a browser: a signed-in account, or a guest with or without a pass. */
export type Actor = AccountActor | GuestActor;
/** A program that asks with a bearer token. Only routes that declare it know this kind. */
export type ServiceActor = { kind: "service"; serviceId: string };

type CookieOf = (name: string) => string | undefined;

/**
 * Who is viewing a page. Routes get their actor from `handle()`.
 *
 * While Redis does not answer, the cookie alone counts: a page shows a name, and everything else comes from the API, which
 * answers 503.
 */
export async function readActor(): Promise<Actor> {
  const cookie = cookieReader((await headers()).get("cookie"));
  const nowMs = Date.now();
  const { actor, session } = await identify(cookie, nowMs);
  if (!session) return actor;
  const hasEnded = await hasSessionEnded(session).catch(() => false);
  return hasEnded ? guestOf(cookie, nowMs) : actor;
}

/**
 * Identifies the sender of these cookies. A session wins over a pass: a signed-in user is no longer a guest.
 *
 * @returns `session` too, for an account. Ask `hasSessionEnded` whether it has ended: only Redis knows.
 */
export async function identify(cookie: CookieOf, nowMs: number): Promise<{ actor: Actor; session?: Session }> {
  const session = await readSession(cookie(sessionCookieName()), nowMs);
  if (!session) return { actor: guestOf(cookie, nowMs) };
  const { accountId, name } = session;
  return { actor: { kind: "account", accountId, name }, session };
}

/** The sender of these cookies, ignoring any session. */
export function guestOf(cookie: CookieOf, nowMs: number): GuestActor {
  return { kind: "guest", pass: parseGuestPass(cookie(guestPassCookieName()), nowMs) };
}

/**
 * The key under which one room knows this user.
 *
 * A guest's key differs from room to room, so that data of two meetings cannot be linked.
 *
 * @returns undefined for a guest without a pass, who cannot be recognised yet.
 */
export function personKeyOf(actor: AccountActor, code: RoomCode): PersonKey;
export function personKeyOf(actor: Actor, code: RoomCode): PersonKey | undefined;
export function personKeyOf(actor: Actor, code: RoomCode): PersonKey | undefined {
  switch (actor.kind) {
    case "account":
      return actor.accountId as string as PersonKey;
    case "guest":
      return actor.pass && (`g_${opaque("guest", actor.pass, code)}` as PersonKey);
    default:
      return actor satisfies never;
  }
}
