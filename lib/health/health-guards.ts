import "server-only";
import type { AccountActor } from "#lib/auth/actor.ts";
import { isOperator } from "#lib/auth/operator.ts";
import { AppError } from "#lib/errors.ts";
import type { Guard } from "#lib/http/handle.ts";

/** Operators only. For everyone else the address does not exist. @throws AppError `not_found` */
export const operator: Guard<unknown, AccountActor> = ({ actor }) =>
  isOperator(actor) ? Promise.resolve(actor) : Promise.reject(new AppError("not_found"));
