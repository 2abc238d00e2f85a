import { type LocalTrack, Track, createLocalScreenTracks } from "livekit-client";
import type { DeviceStatus } from "./devices.ts";
import { type Publisher, createHandover } from "./handover.ts";
import { statusOfError } from "./media-error.ts";

/** My screen in the call, with its sound where the browser gives it. */
export type MyShare = {
  status: () => DeviceStatus;
  picture: () => LocalTrack | undefined;
  /** Resolves false when nothing is shared: the picker was closed, or the browser could not. */
  start: () => Promise<boolean>;
  stop: () => Promise<void>;
  setLocked: (isLocked: boolean) => Promise<void>;
  publishOn: (publisher: Publisher | undefined) => Promise<void>;
};

export function createMyShare(tell: () => void, open: () => Promise<LocalTrack[]> = openScreen): MyShare {
  const handover = createHandover();
  let tracks: readonly LocalTrack[] = [];
  let status: DeviceStatus = "off";
  let isLocked = false;
  let publisher: Publisher | undefined;

  const become = (next: DeviceStatus) => {
    status = next;
    tell();
  };
  const publish = async () => {
    for (const track of tracks) await publisher?.publish(track);
    handover.arrived();
  };
  const own = (opened: readonly LocalTrack[]) => {
    // When the browser's own button ends it.
    for (const track of opened) track.mediaStreamTrack.addEventListener("ended", () => void stop());
    tracks = opened;
  };
  const stop = async () => {
    const ended = tracks;
    tracks = [];
    become("off");
    for (const track of ended) track.stop();
    await Promise.allSettled([handover.end(), ...ended.map((track) => publisher?.unpublish(track))]);
  };

  return {
    status: () => status,
    picture: () => tracks.find(({ kind }) => kind === Track.Kind.Video),
    async start() {
      if (isLocked || status === "on" || status === "starting") return status === "on";
      become("starting");
      try {
        const opened = await open();
        own(opened);
        if (isLocked) await stop();
        else await publish();
        if (tracks.length === 0) return false;
        become("on");
        return true;
      } catch (error) {
        await stop();
        become(wasPickerClosed(error) ? "off" : statusOfError(error));
        return false;
      }
    },
    stop,
    async setLocked(next) {
      isLocked = next;
      if (next && tracks.length > 0) await stop();
    },
    async publishOn(next) {
      const from = publisher;
      publisher = next;
      if (from && next && from !== next) {
        own(tracks.map((track) => handover.succeed(track, from)));
        tell();
      }
      await publish().catch(() => stop());
    },
  };
}

function openScreen(): Promise<LocalTrack[]> {
  return createLocalScreenTracks({
    audio: true,
    // Text must stay readable: rather fewer frames than fewer pixels.
    contentHint: "detail",
    selfBrowserSurface: "exclude",
    surfaceSwitching: "include",
  });
}

/** Browsers use one error for a closed picker and for a system that forbids recording; Chrome says which in its text. */
function wasPickerClosed(error: unknown): boolean {
  return error instanceof Error && error.name === "NotAllowedError" && !/system/i.test(error.message);
}
