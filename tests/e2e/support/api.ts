import type { APIRequestContext, APIResponse } from "@playwright/test";
import { request } from "@playwright/test";
import { newAddress, newDeviceId } from "./ids.ts";
import { sessionCookie } from "./session.ts";
import { readStack } from "./stack.ts";

export type Answer = { status: number; body: any; headers: Record<string, string>; text: string };
type Ask = { method?: string; body?: unknown; headers?: Record<string, string> };

/**
 * A user without a browser: own cookies, own device, own address. For crowds, and for attackers.
 *
 * @param account - Signed in as; a guest without.
 * @param address - Of someone else, who shares their network; an own one without.
 */
export async function apiClient(account?: { accountId: string; name: string }, address = newAddress()) {
  const cookies = account ? [await sessionCookie(account)] : [];
  const context = await request.newContext({ baseURL: readStack().baseUrl, storageState: { cookies, origins: [] } });
  return clientOf(context, newDeviceId(), address);
}
export type ApiClient = Awaited<ReturnType<typeof apiClient>>;

/** The same, with the cookies of a browser. */
export function clientOf(context: APIRequestContext, device: string, address: string) {
  const ask = async (path: string, { method = "GET", body, headers = {} }: Ask = {}): Promise<Answer> =>
    toAnswer(
      await context.fetch(path, {
        method,
        ...(body === undefined ? {} : { data: typeof body === "string" ? body : JSON.stringify(body) }),
        headers: {
          origin: new URL(readStack().baseUrl).origin,
          "x-veet-device": device,
          "x-forwarded-for": address,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        // A connection refused is a broken stack, a 4xx is an answer.
        failOnStatusCode: false,
      }),
    );
  const post = (path: string, body: unknown = {}, headers?: Record<string, string>) =>
    ask(path, { method: "POST", body, ...(headers && { headers }) });
  /** Looks at the request first, as our pages do: the answer gives a guest the pass without which there is no request. */
  const enter = async (code: string, name = "Someone", more: object = {}) => {
    await ask(`/api/rooms/${code}/ticket`);
    return post(`/api/rooms/${code}/entry`, { name, device, ...more });
  };
  return {
    device,
    context,
    ask,
    post,
    get: (path: string) => ask(path),
    patch: (path: string, body: unknown) => ask(path, { method: "PATCH", body }),
    delete: (path: string, body?: unknown) => ask(path, { method: "DELETE", body }),
    /** POST entry: knocks, or joins where that is allowed. */
    enter,
    moderate: (code: string, action: object) => post(`/api/rooms/${code}/moderation`, action),
    dispose: () => context.dispose(),
  };
}

async function toAnswer(response: APIResponse): Promise<Answer> {
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: response.status(), body, headers: response.headers(), text };
}
