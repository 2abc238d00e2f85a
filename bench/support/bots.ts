import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type * as LiveKit from "livekit-client";
import type { LegAccess } from "#lib/regions/leg-schema.ts";

/** What entry gave somebody: on every leg they listen, on the one at home they speak. */
export type Bot = { legs: readonly LegAccess[] };

/** How many bots come at once: more of them would wait for each other's processor, and tokens last a minute. */
const AT_ONCE = 4;

declare global {
  interface Window {
    LivekitClient: typeof LiveKit;
  }
}

/** Has a page of its own for people without a screen: all of them in it, each with a voice. Settles when all of them speak. */
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
