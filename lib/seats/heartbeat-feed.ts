import { type AppError, asAppError } from "#lib/errors.ts";
import { createPoll, jitter } from "#lib/live/poll.ts";
import { type FeedDeps, type RoomAddress, createPost } from "./room-client.ts";
import type { MeetingView } from "./seat-schema.ts";

/** Interval of renewals, in milliseconds; the server keeps a seat for 60 s. */
const HEARTBEAT_MS = 30_000;
/** Interval while the media connection is lost, in milliseconds: only the API can then report the reason. */
const LOST_MS = 3_000;
/** While the connection is lost, a request this slow was sent before the network came back. In milliseconds. */
const LOST_TIMEOUT_MS = 5_000;
/** All participants get the same nudge. Their requests are spread over this time, in milliseconds. */
const NUDGE_SPREAD_MS = 250;

export type HeartbeatEvents = {
  /** The room and this tab's seat, as the server has them. */
  updated: (view: MeetingView) => void;
  failed: (error: AppError) => void;
};

/** Renews the seat and reads the state of the room. */
export type HeartbeatFeed = {
  now: () => void;
  /** Asks soon, after a random delay. */
  nudged: () => void;
  setLive: (isLive: boolean) => void;
  stop: () => void;
};

export function createHeartbeatFeed(
  address: RoomAddress,
  deps: Pick<FeedDeps, "api" | "random">,
  events: HeartbeatEvents,
): HeartbeatFeed {
  const post = createPost(address, deps);
  let isLive = true;
  let isStopped = false;
  /** Counts requests: an answer to an earlier one is outdated. */
  let requests = 0;
  let isNudged = false;
  let renewedAtMs = Number.NEGATIVE_INFINITY;
  /** While the seat was renewed recently, a nudge needs only a read, which a nearby replica can answer. */
  const ask = async (timeout: { signal?: AbortSignal }): Promise<MeetingView> => {
    const isLookEnough = isNudged && isLive && performance.now() - renewedAtMs < HEARTBEAT_MS;
    isNudged = false;
    if (isLookEnough) return deps.api(`${address.path}/presence`, { headers: address.headers });
    const beganAtMs = performance.now();
    const view = await post<MeetingView>("presence", {}, timeout);
    renewedAtMs = beganAtMs;
    return view;
  };
  const poll = createPoll(
    async () => {
      const request = requests;
      try {
        const timeout = isLive ? {} : { signal: AbortSignal.timeout(LOST_TIMEOUT_MS) };
        const view = await ask(timeout);
        // A newer request is under way; this answer may show a seat that is gone by now.
        if (!isStopped && request === requests) events.updated(view);
      } catch (error) {
        if (!isStopped) events.failed(asAppError(error));
      }
    },
    () => jitter(isLive ? HEARTBEAT_MS : LOST_MS, 0.2, deps.random),
  );
  return {
    now() {
      requests += 1;
      isNudged = false;
      poll.now();
    },
    nudged() {
      isNudged = true;
      poll.within(deps.random() * NUDGE_SPREAD_MS);
    },
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
