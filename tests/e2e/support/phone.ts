import type { Page } from "@playwright/test";

/**
 * Locks a phone, as far as its page notices: its page gets the event that it is not on the screen, and then its scripts stand still.
 *
 * @returns what wakes it: scripts run again, and the page gets the event that it is on the screen.
 */
export async function lockPhone(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    performance.setResourceTimingBufferSize(1_000);
    // Before any listener of the page, which may ask as soon as its scripts run again.
    window.addEventListener("resume", () => performance.mark("woke"), { capture: true, once: true });
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  return async () => {
    await session.send("Page.setWebLifecycleState", { state: "active" });
    await page.evaluate(() => {
      Reflect.deleteProperty(document, "visibilityState");
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await session.detach();
  };
}
