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

type Point = { x: number; y: number };

/** Drags with a finger. From then on the page has a coarse pointer, as on a phone. */
export async function dragByTouch(page: Page, from: Point, to: Point): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: Point[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints });
  await touch("touchStart", [from]);
  await touch("touchMove", [{ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }]);
  await touch("touchMove", [to]);
  await touch("touchEnd", []);
  await session.detach();
}
