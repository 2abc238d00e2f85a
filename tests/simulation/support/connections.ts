import type { Browser } from "@playwright/test";
import { emptyPage } from "../../e2e/support/raw-client.ts";

/** How a participant connects to one leg, as entry returns it. */
export type Access = { leg: string; url: string; token: string };

/** Many participants' connections in one page. They send and receive no media, and each can be dropped separately. */
export async function openConnections(browser: Browser) {
  const page = await emptyPage(browser);
  await page.evaluate(() => {
    window.LivekitClient.setLogLevel("silent");
    window.connections = new Map();
  });
  return {
    /** @returns a function that drops the connection like a closed tab. */
    async connect({ url, token }: Access): Promise<() => Promise<void>> {
      const key = crypto.randomUUID();
      await page.evaluate(
        async ([name, at, secret]) => {
          const room = new window.LivekitClient.Room();
          await room.connect(at, secret, { autoSubscribe: false });
          window.connections.set(name, room);
        },
        [key, url, token] as const,
      );
      return () => page.evaluate(async (name) => window.connections.get(name)?.disconnect(), key);
    },
    close: () => page.context().close(),
  };
}

declare global {
  interface Window {
    connections: Map<string, { disconnect: () => Promise<void> }>;
  }
}
