import { type Poll, createPoll, jitter } from "#lib/live/poll.ts";
import { type Store, createStore } from "#lib/live/store.ts";
import type { ModerationRecord } from "#lib/moderation/moderation-schema.ts";
import type { FeedDeps, RoomAddress } from "#lib/seats/room-client.ts";

const PACE_MS = 30_000;

export type ModerationLogState = ModerationRecord & { isStale: boolean };

const EMPTY: ModerationLogState = { bans: [], log: [], absentCohosts: [], isStale: false };

export type ModerationLogFeed = {
  moderationLog: Store<ModerationLogState>;
  setModerator: (isModerator: boolean) => void;
  /** The log or the bans changed: asks right away if a moderator has them open. */
  now: () => void;
};

/** Bans and activity log. Asks only while a moderator has them open. */
export function createModerationLogFeed(
  { path, headers }: RoomAddress,
  { api, random }: Pick<FeedDeps, "api" | "random">,
): ModerationLogFeed {
  let isModerator = false;
  let isOpen = false;
  let poll: Poll | undefined;
  const load = async () => {
    try {
      const answer = await api<ModerationRecord>(`${path}/moderation`, { headers });
      if (poll) moderationLog.set({ ...answer, isStale: false });
    } catch {
      if (poll) moderationLog.set({ ...moderationLog.getSnapshot(), isStale: true });
    }
  };
  const update = () => {
    const isNeeded = isModerator && isOpen;
    if (isNeeded === (poll !== undefined)) return;
    poll?.stop();
    poll = isNeeded ? createPoll(load, () => jitter(PACE_MS, 0.2, random)) : undefined;
    poll?.now();
  };
  const moderationLog = createStore<ModerationLogState>(EMPTY, () => {
    isOpen = true;
    update();
    return () => {
      isOpen = false;
      update();
    };
  });
  return {
    moderationLog,
    setModerator(next) {
      isModerator = next;
      if (!next) moderationLog.set(EMPTY);
      update();
    },
    now: () => poll?.now(),
  };
}
