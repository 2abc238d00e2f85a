import type { Browser } from "@playwright/test";
import { emptyPage } from "../../e2e/support/raw-client.ts";

/** Where a participant connects to one leg, as entry answers it. */
export type Access = { leg: string; url: string; token: string };

/** Many participants' connections in one page: each neither sends nor looks, and can be dropped by itself. */
export async function openConnections(browser: Browser) {
  const page = await emptyPage(browser);
  await page.evaluate(() => {
    window.LivekitClient.setLogLevel("silent");
    window.connections = new Map();
  });
  return {
    /** @returns what drops the connection as a closed tab does. */
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
