import { type Poll, createPoll, jitter } from "#lib/live/poll.ts";
import { type Store, createStore } from "#lib/live/store.ts";
import { ModerationRecord } from "#lib/moderation/moderation-schema.ts";
import type { Deps } from "./deps.ts";
import type { RecordState } from "./meeting.ts";
import type { RoomAddress } from "./room-api.ts";

const PACE_MS = 30_000;
const NOTHING: RecordState = { bans: [], log: [], absentCohosts: [], isStale: false };

export type RecordFeed = {
  record: Store<RecordState>;
  setModerator: (isModerator: boolean) => void;
  /** Log or bans have changed. */
  now: () => void;
};

/** Bans and action log: asked for while a moderator has them open, and not otherwise. */
export function createRecordFeed(
  { path, headers }: RoomAddress,
  { api, random }: Pick<Deps, "api" | "random">,
): RecordFeed {
  let isModerator = false;
  let isRead = false;
  let poll: Poll | undefined;
  const load = async () => {
    try {
      const answer = await api(`${path}/moderation`, { headers, answer: ModerationRecord });
      if (poll) record.set({ ...answer, isStale: false });
    } catch {
      if (poll) record.set({ ...record.getSnapshot(), isStale: true });
    }
  };
  const settle = () => {
    const isNeeded = isModerator && isRead;
    if (isNeeded === (poll !== undefined)) return;
    poll?.stop();
    poll = isNeeded ? createPoll(load, () => jitter(PACE_MS, 0.2, random)) : undefined;
    poll?.now();
  };
  const record = createStore<RecordState>(NOTHING, () => {
    isRead = true;
    settle();
    return () => {
      isRead = false;
      settle();
    };
  });
  return {
    record,
    setModerator(next) {
      isModerator = next;
      if (!next) record.set(NOTHING);
      settle();
    },
    now: () => poll?.now(),
  };
}
