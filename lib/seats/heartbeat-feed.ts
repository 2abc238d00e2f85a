import { type AppError, asAppError } from "#lib/errors.ts";
import { createPoll, jitter } from "#lib/live/poll.ts";
import { type FeedDeps, type RoomAddress, createPost } from "./room-client.ts";
import { MeetingView } from "./seat-schema.ts";

/** While all is well the seat is renewed this often, in milliseconds; the server keeps it for 60 s. */
const HEARTBEAT_MS = 30_000;
/** While the connection is away the API is the only one that can say why. */
const ANXIOUS_MS = 3_000;
/** Then an answer that takes longer than this is none: the request went out before the network came back. */
const ANXIOUS_TIMEOUT_MS = 5_000;
/** Everybody inside hears the same nudge: they ask one after the other. */
const NUDGE_SPREAD_MS = 250;

export type HeartbeatEvents = {
  /** The server's word on the room and on me. */
  told: (view: MeetingView) => void;
  failed: (error: AppError) => void;
};

/** Says "I am here" and hears what the room is like. */
export type HeartbeatFeed = {
  now: () => void;
  /** Soon, but not in the same moment as everybody else. */
  nudged: () => void;
  setLive: (isLive: boolean) => void;
  stop: () => void;
};

export function createHeartbeatFeed(
  address: RoomAddress,
  deps: Pick<FeedDeps, "api" | "random">,
  hears: HeartbeatEvents,
): HeartbeatFeed {
  const post = createPost(address, deps);
  let isLive = true;
  let isStopped = false;
  let asked = 0;
  const poll = createPoll(
    async () => {
      const asking = asked;
      try {
        const patience = isLive ? {} : { signal: AbortSignal.timeout(ANXIOUS_TIMEOUT_MS) };
        const view = await post("presence", {}, MeetingView, patience);
        // Asked anew since: this was written before whatever made somebody ask, and may tell of a seat that is gone.
        if (!isStopped && asking === asked) hears.told(view);
      } catch (error) {
        if (!isStopped) hears.failed(asAppError(error));
      }
    },
    () => jitter(isLive ? HEARTBEAT_MS : ANXIOUS_MS, 0.2, deps.random),
  );
  return {
    now() {
      asked += 1;
      poll.now();
    },
    nudged: () => poll.within(deps.random() * NUDGE_SPREAD_MS),
    setLive(next) {
      if (next === isLive) return;
      isLive = next;
      poll.repace();
    },
    stop() {
      isStopped = true;
      poll.stop();
    },
  };
}
