import { expect, type Locator, type Page } from "@playwright/test";
import { sidsOf } from "./livekit-admin.ts";
import type { AudioSample } from "./probe.ts";

/** A fake microphone beeps every second; a longer silence means no audio. */
const SILENCE_MS = 2_500;

/** The tile of one person, by the name on it; one's own is called "You". */
export function tileOf(page: Page, name: string): Locator {
  return page.locator(`[data-identity][aria-label="${name}"], [data-identity][aria-label^="${name},"]`);
}

/** The label of a tile, with or without the weak connection that a busy machine causes. */
export function labelled(label: string): RegExp {
  return new RegExp(`^${label}(, (weak connection|connection lost))?$`);
}

export function videoOf(page: Page, name: string): Locator {
  return tileOf(page, name).locator("video");
}

/** Waits until the picture in this element has moved on by several frames, counted by the decoder at this receiver. */
export async function expectMoving(video: Locator): Promise<void> {
  await expect(video).toBeVisible();
  let least = await framesShown(video);
  const moved = async () => {
    const frames = await framesShown(video);
    least = Math.min(least, frames);
    return frames - least;
  };
  await expect.poll(moved, { message: "the picture stands still" }).toBeGreaterThan(5);
}

export async function expectSees(page: Page, name: string): Promise<void> {
  // While a participant moves to another server, their last picture stays until there is a new one.
  await expectMoving(videoOf(page, name).last());
}

/** Frames are counted by the element, which starts again when another stream is attached. */
function framesShown(video: Locator): Promise<number> {
  return video.evaluate((element: HTMLVideoElement) => element.getVideoPlaybackQuality().totalVideoFrames);
}

/** Waits until this page has received and played more of the participant's audio than now. */
export async function expectHears(page: Page, code: string, name: string): Promise<void> {
  const startMs = await pageNowMs(page);
  const before = await packetsFrom(page, code, name);
  const isHeard = async () => {
    const audio = await audioFrom(page, code, name);
    return audio.some(({ loudAtMs }) => loudAtMs > startMs) && packetsIn(audio) > before;
  };
  await expect.poll(isHeard, { message: `${name} is not heard` }).toBe(true);
}

/** Waits until the participant has been silent here for longer than any pause in what they send. */
export async function expectSilent(page: Page, code: string, name: string): Promise<void> {
  const startMs = await pageNowMs(page);
  await expect
    .poll(() => silentForMs(page, code, name, startMs), {
      message: `${name} is still heard`,
      timeout: 12_000,
      intervals: [200],
    })
    .toBeGreaterThan(SILENCE_MS);
}

async function silentForMs(page: Page, code: string, name: string, sinceMs: number): Promise<number> {
  const loudAtMs = (await audioFrom(page, code, name)).map((sample) => sample.loudAtMs);
  return (await pageNowMs(page)) - Math.max(sinceMs, ...loudAtMs);
}

export async function packetsFrom(page: Page, code: string, name: string): Promise<number> {
  return packetsIn(await audioFrom(page, code, name));
}

function packetsIn(audio: AudioSample[]): number {
  return audio.reduce((sum, { packets }) => sum + packets, 0);
}

async function audioFrom(page: Page, code: string, name: string): Promise<AudioSample[]> {
  const sids = await sidsOf(code, name);
  const audio = await page.evaluate(() => window.veetProbe?.audio ?? {});
  return sids.flatMap((sid) => audio[sid] ?? []);
}

function pageNowMs(page: Page): Promise<number> {
  return page.evaluate(() => performance.now());
}
