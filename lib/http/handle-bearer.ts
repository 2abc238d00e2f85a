import "server-only";
import type { z } from "zod";
import type { ServiceActor } from "#lib/auth/actor.ts";
import { AppError } from "#lib/errors.ts";
import { type Admission, admitAs } from "./admit.ts";
import { type Edge, type RouteHandler, type RouteShapes, type ServedContext, edge, serve } from "./handle.ts";

/** Whose token this is. @returns undefined for a token that is none, or no longer one, of ours. */
export type ReadBearer = (token: string) => Promise<ServiceActor | undefined>;

/** As `RouteSpec`, for programs. */
export type BearerSpec<A extends z.ZodType, F, P, Q, B> = Admission<NoInfer<P>, F, ServiceActor> &
  RouteShapes<A, P, Q, B> & { bearer: ReadBearer };

/**
 * Makes a route handler for programs, which send a bearer token and neither an Origin nor cookies. A cookie counts for nothing here,
 * so no page of another site can use a visitor's.
 */
export const handleBearer = handleBearerAt(edge);

/** `handleBearer` with other dependencies. */
export function handleBearerAt(at: Edge) {
  return function handleBearer<A extends z.ZodType, F, P = undefined, Q = undefined, B = undefined>(
    spec: BearerSpec<A, F, P, Q, B>,
    run: (context: ServedContext<F, P, Q, B, ServiceActor>) => Promise<z.input<A>>,
  ): RouteHandler {
    return serve(at, spec, {
      check: ({ headers }) => void tokenIn(headers),
      async admit(asked, { headers }) {
        const actor = await spec.bearer(tokenIn(headers));
        if (!actor) throw new AppError("not_signed_in");
        return admitAs(actor, spec, asked, at.limiter);
      },
      run: (context) => run(context),
    });
  };
}

/**
 * @throws AppError `cross_site` for a request that a browser sent.
 * @throws AppError `not_signed_in` without a token.
 */
function tokenIn(headers: Headers): string {
  if (headers.has("origin") || headers.has("sec-fetch-site")) throw new AppError("cross_site");
  const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (!token) throw new AppError("not_signed_in");
  return token;
}
