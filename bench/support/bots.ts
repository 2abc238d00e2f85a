import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type * as LiveKit from "livekit-client";
import type { LegAccess } from "#lib/regions/leg-schema.ts";

/** What entry returned for a bot: it listens on every leg and speaks on its home leg. */
export type Bot = { legs: readonly LegAccess[] };

/** Bots that join at the same time: more of them would compete for the CPU, and their tokens last only a minute. */
const AT_ONCE = 4;

declare global {
  interface Window {
    LivekitClient: typeof LiveKit;
  }
}

/** Starts a page with bots, which have no screen and one voice each. Resolves when all of them speak. */
export async function startBots(page: Page, bots: readonly Bot[]): Promise<void> {
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve("livekit-client") });
  for (let first = 0; first < bots.length; first += AT_ONCE)
    await page.evaluate(speakEverywhere, bots.slice(first, first + AT_ONCE));
}

/** Runs in the page. */
async function speakEverywhere(bots: readonly Bot[]): Promise<void> {
  const { LocalAudioTrack, Room, Track } = window.LivekitClient;
  const context = new AudioContext();
  const tone = context.createOscillator();
  const heard = context.createMediaStreamDestination();
  tone.connect(heard);
  tone.start();
  const [voice] = heard.stream.getAudioTracks();
  if (!voice) throw new Error("There is no voice");
  const speakOn = async ({ url, token, home }: LegAccess) => {
    const room = new Room();
    await room.connect(url, token);
    if (!home) return;
    const track = new LocalAudioTrack(voice.clone(), undefined, true);
    await room.localParticipant.publishTrack(track, { source: Track.Source.Microphone, dtx: false });
  };
  await Promise.all(bots.flatMap(({ legs }) => legs.map(speakOn)));
}
