import "server-only";
import NextAuth from "next-auth";
import { authCookies, authOptions, type SignInContext } from "./auth-options.ts";
import { isBlocked } from "./block-repository.ts";

/** One step of signing in or out, parsed and checked before next-auth sees it. */
export type AuthStep = {
  method: "GET" | "POST";
  /** `["callback", "oidc"]` */
  path: string[];
  query: Record<string, string>;
  cookies: Record<string, string>;
  body: Record<string, string>;
  headers: Headers;
};

/**
 * Calls next-auth's handler for pages/api, because it takes everything it reads as arguments. Its handler for route handlers
 * reads cookies itself, and if a name occurs twice it picks another cookie than we do. See decision 089.
 */
export async function askNextAuth(
  { method, path, query, cookies, body, headers }: AuthStep,
  ask: Pick<SignInContext, "isBlocked"> = { isBlocked },
): Promise<Response> {
  const request = {
    method,
    query: { ...query, nextauth: path },
    cookies,
    body,
    headers: Object.fromEntries(headers),
  };
  const { reply, toResponse } = createReply();
  const returnTo = body.callbackUrl ?? cookies[authCookies().callbackUrl.name];
  await NextAuth(request as never, reply as never, authOptions({ ...ask, returnTo }));
  return toResponse();
}

/** The part of NextApiResponse that next-auth uses. */
function createReply() {
  const headers = new Headers();
  let status = 200;
  let content: string | null = null;
  const reply = {
    status(code: number) {
      status = code;
      return reply;
    },
    getHeader: (name: string) => (name.toLowerCase() === "set-cookie" ? headers.getSetCookie() : undefined),
    setHeader(name: string, value: string | string[]) {
      headers.delete(name);
      for (const one of [value].flat()) headers.append(name, one);
      return reply;
    },
    json(body: unknown) {
      headers.set("content-type", "application/json");
      content = JSON.stringify(body);
    },
    send(body: unknown) {
      if (typeof body === "string") content = body;
      else reply.json(body);
    },
    end: () => undefined,
  };
  return { reply, toResponse: () => new Response(content, { status, headers }) };
}
