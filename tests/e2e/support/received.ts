import type { BrowserContext, Page, Response, WebSocket } from "@playwright/test";
import { type HeldToken, isMainRoom, tokensIn } from "./tokens.ts";

/** A body that never ends (an event stream) must not hold up the verdict about it. */
const BODY_LIMIT_MS = 3_000;

export type Received = {
  /** Every text this browser received so far: addresses, headers, bodies, frames, data channels, cookies, storage, pages. */
  texts: () => Promise<string[]>;
  /** The LiveKit tokens for a meeting (not for its lobby) among all that. */
  mainRoomTokens: () => Promise<HeldToken[]>;
};

/** Files of the build are the same for all users. Reading the dozens that each page loads takes longer than many a story. */
const isBuilt = (url: string) => new URL(url).pathname.startsWith("/_next/static/");

/** Keeps everything that reaches a browser, so that a story can say what was not among it. Binary is kept as latin1. */
export function recordReceived(context: BrowserContext): Received {
  const kept: string[] = [];
  const pending = new Set<Promise<void>>();

  const keepResponse = async (response: Response) => {
    kept.push(response.url());
    kept.push(JSON.stringify(await response.allHeaders().catch(() => ({}))));
    // A redirect has none, and one that was cut off by leaving the page was not received.
    const body = await response.body().catch(() => undefined);
    if (body) kept.push(body.toString("latin1"));
  };
  const keepSocket = (socket: WebSocket) => {
    kept.push(socket.url());
    socket.on("framereceived", ({ payload }) => kept.push(asText(payload)));
  };
  context.on("response", (response) => {
    if (isBuilt(response.url())) return;
    const work = keepResponse(response).catch(() => {});
    pending.add(work);
    void work.finally(() => pending.delete(work));
  });
  context.on("page", (page) => page.on("websocket", keepSocket));

  const texts = async () => {
    await Promise.race([Promise.all(pending), new Promise((resolve) => setTimeout(resolve, BODY_LIMIT_MS))]);
    const cookies = JSON.stringify(await context.cookies());
    const pages = await Promise.all(context.pages().map(holdings));
    return [...kept, cookies, ...pages.flat()];
  };
  return {
    texts,
    mainRoomTokens: async () => (await texts()).flatMap(tokensIn).filter(isMainRoom),
  };
}

/** What a page holds now: its address and document, both storages, and what came over data channels. */
function holdings(page: Page): Promise<string[]> {
  if (page.isClosed()) return Promise.resolve([]);
  return page
    .evaluate(() => [
      location.href,
      document.documentElement.outerHTML,
      ...(location.protocol.startsWith("http") ? [JSON.stringify(localStorage), JSON.stringify(sessionStorage)] : []),
      ...(window.veetProbe?.channelTexts ?? []),
    ])
    .catch(() => []);
}

function asText(payload: string | Buffer): string {
  return typeof payload === "string" ? payload : payload.toString("latin1");
}
