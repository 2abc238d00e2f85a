import { createRequire } from "node:module";
import type { Browser, Page } from "@playwright/test";
import type * as LiveKit from "livekit-client";
import { startOtherSite } from "./other-site.ts";
import { readStack } from "./stack.ts";

declare global {
  interface Window {
    LivekitClient: typeof LiveKit;
    raw: { room: LiveKit.Room; roster: Set<string>; frames: number; packets: () => Promise<number>; ended: string };
  }
}

const LIBRARY = createRequire(import.meta.url).resolve("livekit-client");

export type RawClient = Awaited<ReturnType<typeof rawClient>>;

/** A client that is not ours and does as it likes: LiveKit's library on an empty page, with whatever token it got hold of. */
export async function rawClient(browser: Browser) {
  const page = await emptyPage(browser);
  await page.evaluate(watchEverything);
  return {
    page,
    /** @returns what became of it: `connected`, or the error's words. Never waits longer than `limitMs`. */
    connect: (token: string, limitMs = 8_000) =>
      page.evaluate(
        async ([url, secret, limit]) => {
          const late = new Promise<string>((resolve) => setTimeout(() => resolve("no answer"), limit));
          const attempt = window.raw.room.connect(url, secret, { maxRetries: 0 }).then(
            () => "connected",
            (error: Error) => error.message,
          );
          return Promise.race([attempt, late]);
        },
        [readStack().livekit.url, token, limitMs] as const,
      ),
    /** Publishes a beeping microphone, labelled as told. @returns the refusal, or `published`. */
    publishSound: (source: "microphone" | "camera" | "screen_share" | "screen_share_audio") =>
      page.evaluate(async (as) => {
        const [track] = await window.LivekitClient.createLocalTracks({ audio: true, video: false });
        const options = { source: as, dtx: false } as unknown as LiveKit.TrackPublishOptions;
        const late = new Promise<string>((resolve) => setTimeout(() => resolve("no answer"), 5_000));
        const attempt = window.raw.room.localParticipant.publishTrack(track!, options).then(
          () => "published",
          (error: Error) => error.message,
        );
        return Promise.race([attempt, late]);
      }, source),
    /** Everything it has seen since it was made. */
    seen: () =>
      page.evaluate(async () => ({
        roster: [...window.raw.roster],
        frames: window.raw.frames,
        packets: await window.raw.packets(),
        isConnected: window.raw.room.state === "connected",
        ended: window.raw.ended,
      })),
    close: () => page.context().close(),
  };
}

/**
 * Many people in one page, who neither send nor look: enough to be seen, and they cost the machine next to nothing.
 *
 * @returns a function that sends them all away.
 */
export async function connectCrowd(browser: Browser, tokens: string[]): Promise<() => Promise<void>> {
  const client = await emptyPage(browser);
  await client.evaluate(
    async ([url, all]) => {
      window.LivekitClient.setLogLevel("silent");
      const connect = (token: string) => new window.LivekitClient.Room().connect(url, token, { autoSubscribe: false });
      await Promise.all(all.map(connect));
    },
    [readStack().livekit.url, tokens] as const,
  );
  return () => client.context().close();
}

/** An empty page with LiveKit's own library on it. */
export async function emptyPage(browser: Browser): Promise<Page> {
  const site = await startOtherSite("localhost");
  const context = await browser.newContext({ permissions: ["camera", "microphone"] });
  context.on("close", () => void site.close());
  const page = await context.newPage();
  await page.goto(site.url);
  await page.addScriptTag({ path: LIBRARY });
  return page;
}

/** Runs in the page: keeps the roster, counts frames and packets, from the first moment on. */
function watchEverything(): void {
  const { Room, RoomEvent, setLogLevel } = window.LivekitClient;
  setLogLevel("silent");
  const connections: RTCPeerConnection[] = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
  const room = new Room();
  const raw = (window.raw = {
    room,
    roster: new Set<string>(),
    frames: 0,
    ended: "",
    async packets() {
      let sum = 0;
      for (const connection of connections) {
        (await connection.getStats()).forEach((report: RTCInboundRtpStreamStats) => {
          if (report.type === "inbound-rtp") sum += report.packetsReceived ?? 0;
        });
      }
      return sum;
    },
  });
  const note = () => room.remoteParticipants.forEach(({ name, identity }) => raw.roster.add(name ?? identity));
  for (const event of [RoomEvent.Connected, RoomEvent.ParticipantConnected, RoomEvent.TrackPublished] as const)
    room.on(event, note);
  room.on(RoomEvent.Disconnected, () => (raw.ended = "disconnected"));
  room.on(RoomEvent.TrackSubscribed, (track) => {
    const element = track.attach();
    if (!(element instanceof HTMLVideoElement)) return;
    document.body.append(element);
    const count = () => {
      raw.frames += 1;
      element.requestVideoFrameCallback(count);
    };
    element.requestVideoFrameCallback(count);
  });
}
