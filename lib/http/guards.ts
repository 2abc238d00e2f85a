import "server-only";
import type { AccountActor, Actor, ServiceActor } from "#lib/auth/actor.ts";
import { AppError } from "#lib/errors.ts";
import type { DeviceId } from "#lib/ids.ts";

/** `C` is the kind of caller: someone with a browser, unless the route is for services. */
export type GuardContext<P, C extends Actor | ServiceActor = Actor> = {
  actor: C;
  params: P;
  /** Which of the caller's own tabs is asking; proves nothing. */
  device: DeviceId | undefined;
  /** The caller's network address, hashed. */
  addressKey: string;
  nowMs: number;
};

/**
 * Decides whether the caller can use a route, and passes what it found out to the route as `facts`.
 *
 * @throws AppError when they cannot.
 */
export type Guard<P, F, C extends Actor | ServiceActor = Actor> = (context: GuardContext<P, C>) => Promise<F>;

/** Every caller, identified or not. */
export const anyone: Guard<unknown, undefined, Actor | ServiceActor> = () => Promise.resolve(undefined);

/** @throws AppError `not_signed_in` */
export const signedIn: Guard<unknown, AccountActor> = ({ actor }) =>
  actor.kind === "account" ? Promise.resolve(actor) : Promise.reject(new AppError("not_signed_in"));
