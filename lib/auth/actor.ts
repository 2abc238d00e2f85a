import "server-only";
import { cookies } from "next/headers";
import type { AccountId, PersonKey, RoomCode } from "#lib/ids.ts";
import { type GuestPass, guestPassCookieName, parseGuestPass } from "./guest-pass.ts";
import { opaque } from "./opaque.ts";
import { readSession, renewSession, sessionCookieName } from "./session-token.ts";

export type AccountActor = { kind: "account"; accountId: AccountId; name: string };
export type GuestActor = { kind: "guest"; pass: GuestPass | undefined };
/** Who asks: a signed-in account, or a guest with or without a pass. */
export type Actor = AccountActor | GuestActor;

/** Who looks at a page. Routes get their actor from `handle()`. */
export async function readActor(): Promise<Actor> {
  const jar = await cookies();
  const { actor } = await identify((name) => jar.get(name)?.value, Date.now());
  return actor;
}

/**
 * Says who sends these cookies. A session wins over a pass: who signs in is not a guest any more.
 *
 * @returns `renewal` too, a Set-Cookie header to send back, when it is time to renew the session.
 */
export async function identify(
  cookie: (name: string) => string | undefined,
  nowMs: number,
): Promise<{ actor: Actor; renewal?: string }> {
  const session = await readSession(cookie(sessionCookieName()), nowMs);
  if (!session) return { actor: { kind: "guest", pass: parseGuestPass(cookie(guestPassCookieName()), nowMs) } };
  const { accountId, name, isAgeing } = session;
  return {
    actor: { kind: "account", accountId, name },
    ...(isAgeing ? { renewal: await renewSession({ accountId, name }) } : {}),
  };
}

/**
 * The key under which one room knows this person.
 *
 * A guest's differs from room to room, so that what is stored of two meetings cannot be joined.
 *
 * @returns undefined for a guest without a pass, who is nobody yet.
 */
export function personKeyOf(actor: AccountActor, code: RoomCode): PersonKey;
export function personKeyOf(actor: Actor, code: RoomCode): PersonKey | undefined;
export function personKeyOf(actor: Actor, code: RoomCode): PersonKey | undefined {
  if (actor.kind === "account") return actor.accountId as string as PersonKey;
  return actor.pass && (`g_${opaque("guest", actor.pass, code)}` as PersonKey);
}
