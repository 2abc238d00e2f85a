import "server-only";
import type { AccountActor, Actor } from "#lib/auth/actor.ts";
import { AppError } from "#lib/errors.ts";
import type { DeviceId } from "#lib/ids.ts";

export type GuardContext<P> = {
  actor: Actor;
  params: P;
  /** Which of the caller's own tabs asks; proves nothing. */
  device: DeviceId | undefined;
  /** The caller's network address, hashed. */
  addressKey: string;
  nowMs: number;
};

/**
 * Decides whether the caller may use a route, and hands what it found out to the route as `facts`.
 *
 * @throws AppError when they may not.
 */
export type Guard<P, F> = (context: GuardContext<P>) => Promise<F>;

/** Everybody, known or not. */
export const anybody: Guard<unknown, undefined> = () => Promise.resolve(undefined);

/** @throws AppError `not_signed_in` */
export const signedIn: Guard<unknown, AccountActor> = ({ actor }) =>
  actor.kind === "account" ? Promise.resolve(actor) : Promise.reject(new AppError("not_signed_in"));
