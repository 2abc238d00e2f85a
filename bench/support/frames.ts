import type { Page } from "@playwright/test";

declare global {
  interface Window {
    /** Identity → when its frames were shown, in milliseconds since the epoch. */
    framesOf?: Record<string, number[]>;
  }
}

/** Makes a page record when each participant's frames are shown. */
export async function recordFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames: Record<string, number[]> = (window.framesOf = {});
    const watched = new WeakSet<HTMLVideoElement>();
    const watch = () => {
      for (const video of document.querySelectorAll<HTMLVideoElement>("[data-identity] video")) {
        if (watched.has(video)) continue;
        watched.add(video);
        const note = (nowMs: number) => {
          const identity = video.closest<HTMLElement>("[data-identity]")?.dataset.identity ?? "";
          (frames[identity] ??= []).push(performance.timeOrigin + nowMs);
          video.requestVideoFrameCallback(note);
        };
        video.requestVideoFrameCallback(note);
      }
    };
    new MutationObserver(watch).observe(document.body, { subtree: true, childList: true });
    watch();
  });
}

export function framesOf(page: Page, identity: string): Promise<number[]> {
  return page.evaluate((of) => window.framesOf?.[of] ?? [], identity);
}
