import type { Clock } from "#lib/clock.ts";
import { sawNudge } from "#lib/seen-revisions.ts";
import { type Poll, createPoll } from "#lib/live/poll.ts";
import { type OpenPush, createPushKeeper } from "./entry-push.ts";
import type { LobbyConnection } from "./lobby-schema.ts";

/** How a waiting guest's page learns of changes: by a push, with polling as a fallback. */
export type EntryListener = {
  /** Starts to poll, unless it already does. */
  start: () => void;
  /** Starts over, as a request under way may never be answered. @param renewsPush - Reconnects as well; the connection may be dead. */
  restart: (renewsPush: boolean) => void;
  stop: () => void;
  /** Asks right away. */
  askNow: () => void;
  /** Connects only while a host is present: without one no verdict can come. */
  listen: (at: LobbyConnection | undefined, isHostPresent: boolean) => void;
  isConnected: () => boolean;
  /** Whether to request a token for a connection. */
  wantsPush: () => boolean;
};

export function createEntryListener(
  { openPush, now, path }: { openPush: OpenPush; now: Clock; path: string },
  question: () => Promise<void>,
  delayMs: () => number,
): EntryListener {
  let poll: Poll | undefined;
  const nudged = (revision?: number) => {
    sawNudge(path, revision);
    poll?.now();
  };
  const push = createPushKeeper(
    openPush,
    { nudged, changed: (isConnected) => (isConnected ? poll?.now() : poll?.repace()) },
    now,
  );
  const start = () => void (poll ??= createPoll(question, delayMs));
  const stopAsking = () => {
    poll?.stop();
    poll = undefined;
  };
  return {
    start,
    restart(renewsPush) {
      if (renewsPush) push.close();
      stopAsking();
      start();
    },
    stop() {
      stopAsking();
      push.close();
    },
    askNow: () => poll?.now(),
    listen(at, isHostPresent) {
      if (at) push.open(at);
      else if (!isHostPresent) push.close();
    },
    isConnected: push.isConnected,
    wantsPush: push.isWanted,
  };
}
