import { encode } from "next-auth/jwt";
import { newAddress, newDeviceId, newSignInId } from "../../e2e/support/ids.ts";
import { HOST, throughCloudFront, type Viewer } from "./cloudfront.ts";
import type { Container } from "./container.ts";
import { bodyOf, type FunctionUrlResult } from "./function-url.ts";

export type Answer = { status: number; headers: Record<string, string>; cookies: string[]; text: string; body: any };
type Ask = { method?: string; body?: unknown; headers?: Record<string, string>; by?: Container };
export type Browser = ReturnType<typeof openBrowser>;

/** A browser behind CloudFront, with its own cookies, device and address. Each request can go to another container. */
export function openBrowser(container: Container, viewer: Viewer = { address: newAddress() }) {
  const cookies = new Map<string, string>();
  const cookieHeader = () => Array.from(cookies, ([name, value]) => `${name}=${value}`).join("; ");
  const device = newDeviceId();

  async function ask(path: string, { method = "GET", body, headers = {}, by = container }: Ask = {}): Promise<Answer> {
    const cookie = cookieHeader();
    const event = throughCloudFront(viewer, {
      method,
      path,
      headers: {
        origin: `https://${HOST}`,
        "user-agent": "Mozilla/5.0",
        "x-veet-device": device,
        ...(cookie && { cookie }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const answer = toAnswer(await by.invoke(event));
    for (const line of answer.cookies) keep(line);
    return answer;
  }
  function keep(line: string): void {
    const [pair = ""] = line.split(";");
    const at = pair.indexOf("=");
    cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return {
    ask,
    cookieHeader,
    /** Copies the cookies of another browser, as a thief would. */
    take(from: { cookieHeader: () => string }): void {
      for (const line of from.cookieHeader().split("; ")) keep(line);
    },
    post: (path: string, body: unknown = {}, more: Ask = {}) => ask(path, { method: "POST", body, ...more }),
    /** A guest without a pass gets one first and repeats the request with it, as our pages do. */
    async enter(code: string, { name, by = container }: { name?: string; by?: Container } = {}) {
      const knock = () => ask(`/api/rooms/${code}/entry`, { method: "POST", body: { name, device }, by });
      const first = await knock();
      if (first.body?.status !== "again") return first;
      const second = await knock();
      return { ...second, cookies: [...first.cookies, ...second.cookies] };
    },
    /** Sets the session cookie directly, without a sign-in. */
    async signIn(name: string, accountId: string, secret: string) {
      // `accountId` is a branded type in the product; a test can use any account.
      const token = { accountId, name, signInId: newSignInId(), signedInAtMs: Date.now() };
      cookies.set("__Host-next-auth.session-token", await encode({ token: token as never, secret }));
    },
  };
}

function toAnswer(result: FunctionUrlResult): Answer {
  const text = bodyOf(result);
  const isJson = result.headers["content-type"]?.startsWith("application/json");
  return {
    status: result.statusCode,
    headers: result.headers,
    cookies: result.cookies ?? [],
    text,
    body: isJson ? JSON.parse(text) : undefined,
  };
}
