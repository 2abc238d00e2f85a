import type { Clock } from "#lib/clock.ts";
import { sawNudge } from "#lib/seen-revisions.ts";
import { type Poll, createPoll } from "#lib/live/poll.ts";
import { type OpenPush, createPushKeeper } from "./entry-push.ts";
import type { LobbyConnection } from "./lobby-schema.ts";

/** How a waiting guest learns what becomes of the request: by a push, and by questions underneath. */
export type EntryListener = {
  /** Begins to ask, unless it does already. */
  start: () => void;
  /** Starts over: a question that is under way may never be answered. @param renewsPush - The connection may be dead, too. */
  restart: (renewsPush: boolean) => void;
  stop: () => void;
  /** Asks at once. */
  askNow: () => void;
  /** Without a host no one can decide: a connection would only cost. */
  listen: (at: LobbyConnection | undefined, isHostPresent: boolean) => void;
  isConnected: () => boolean;
  /** Whether a token for a connection would be used. */
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
