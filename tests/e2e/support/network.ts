import type { Browser, Page } from "@playwright/test";

/**
 * Cuts a whole browser off the network, media and signalling alike, and puts it back.
 *
 * Chromium does all its networking in one process of its own: HTTP, WebSockets and WebRTC's UDP. Stopping that process is a
 * cable pulled out: not a packet leaves or arrives, no one is notified, and pages keep running. Tried before: DevTools'
 * offline and packet loss leave the UDP of a running call alone; `tc netem` needs root and a kernel that has it; and playing
 * the loss inside the page (replacing WebSocket) would test our replacement.
 *
 * The person needs a browser of their own, since all contexts of one share the process.
 */
export async function cutNetwork(browser: Browser): Promise<() => void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const network = processInfo.find(({ type }) => type === "network.mojom.NetworkService");
  if (!network) throw new Error("This browser has no network process of its own");
  process.kill(network.id, "SIGSTOP");
  return () => void process.kill(network.id, "SIGCONT");
}

/** Keeps a page's scripts on their way, as a slow line does, until they are let through. */
export async function holdScripts(page: Page): Promise<() => void> {
  let letThrough = () => {};
  const isThrough = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route("**/_next/static/**/*.js", async (route) => {
    await isThrough;
    await route.continue();
  });
  return letThrough;
}
