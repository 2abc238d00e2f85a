import { createRequire } from "node:module";
import type { Browser, Page } from "@playwright/test";
import type * as LiveKit from "livekit-client";
import { startOtherSite } from "./other-site.ts";
import { readStack } from "./stack.ts";

declare global {
  interface Window {
    LivekitClient: typeof LiveKit;
    /** A tiny picture that changes five times a second. */
    movingPicture: () => MediaStreamTrack;
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
    /** Publishes a beeping microphone with the given label. @returns the refusal, or `published`. */
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
    /** Publishes a small moving picture with the given label. @returns as `publishSound`. */
    publishPicture: (source: "camera" | "screen_share") =>
      page.evaluate(async (as) => {
        const options = { source: as, simulcast: false } as unknown as LiveKit.TrackPublishOptions;
        return window.raw.room.localParticipant.publishTrack(window.movingPicture(), options).then(
          () => "published",
          (error: Error) => error.message,
        );
      }, source),
    /** Ends what it publishes as this. */
    unpublish: (source: "screen_share") =>
      page.evaluate(async (as) => {
        const { localParticipant } = window.raw.room;
        const sent = localParticipant.getTrackPublication(as as LiveKit.Track.Source)?.track;
        if (sent) await localParticipant.unpublishTrack(sent);
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
 * Many people in one page, who do not look: enough to be seen, and they cost the machine next to nothing.
 *
 * @param hasPictures - Each sends a tiny picture that moves.
 * @returns a function that sends them all away.
 */
export async function connectCrowd(
  browser: Browser,
  tokens: string[],
  hasPictures = false,
): Promise<() => Promise<void>> {
  const client = await emptyPage(browser);
  await client.evaluate(
    async ([url, all, sends]) => {
      window.LivekitClient.setLogLevel("silent");
      const connect = async (token: string) => {
        const room = new window.LivekitClient.Room();
        await room.connect(url, token, { autoSubscribe: false });
        const options = { source: "camera", simulcast: false } as LiveKit.TrackPublishOptions;
        if (sends) await room.localParticipant.publishTrack(window.movingPicture(), options);
      };
      // A few at a time: a busy machine refuses connections that come all at once.
      const left = [...all];
      const connectInTurn = async () => {
        for (let token = left.shift(); token; token = left.shift()) await connect(token);
      };
      await Promise.all([1, 2, 3, 4].map(connectInTurn));
    },
    [readStack().livekit.url, tokens, hasPictures] as const,
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
  await page.evaluate(() => {
    window.movingPicture = () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 36 });
      const pen = canvas.getContext("2d");
      let step = 0;
      setInterval(() => {
        step += 1;
        pen!.fillStyle = `hsl(${step * 20} 50% 50%)`;
        pen!.fillRect(0, 0, 64, 36);
      }, 200);
      return canvas.captureStream(5).getVideoTracks()[0]!;
    };
  });
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
