import { asAppError } from "#lib/errors.ts";
import { between, createPoll } from "#lib/live/poll.ts";
import type { LegsAnswer } from "#lib/regions/leg-schema.ts";
import { type FeedDeps, type RoomAddress, createPost } from "#lib/seats/room-client.ts";
import type { MeetingView } from "#lib/seats/seat-schema.ts";
import { isRetryable } from "./call-status.ts";
import type { LegManager } from "./leg-manager.ts";

/** Everyone inside gets the same nudge. They ask within these many milliseconds, not all at once. */
const NUDGE_SPREAD_MS = 250;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** The server has this participant publish on a leg this browser is not on: no one may hear them until that is mended. */
const LONGEST_PAUSE_WITHOUT_HOME_MS = 3_000;
/** While the legs match there is nothing to ask; the heartbeat's answer says when they no longer do. */
const NEVER_MS = 24 * 3_600_000;

/** Keeps this browser connected to all of the meeting's legs and to no other. A standby leg that fails is retried silently. */
export type LegSync = {
  /** The server opened or closed legs. */
  nudged: () => void;
  /** The API named the live legs. */
  handleView: (view: Pick<MeetingView, "legs" | "homeLeg">) => void;
  /** A leg may be gone. */
  check: () => void;
  /** The home leg moved, and the server knows. */
  homeMoved: () => void;
  stop: () => void;
};

export type LegSyncSources = { legs: Pick<LegManager, "names" | "home" | "adjust">; isLive: () => boolean };

export function createLegSync(
  address: RoomAddress,
  deps: Pick<FeedDeps, "api" | "random">,
  { legs, isLive }: LegSyncSources,
  /** The API refused permanently and knows why. */
  refused: () => void,
): LegSync {
  const post = createPost(address, deps);
  /** As the server named them last. */
  let liveLegs: readonly string[] | undefined;
  let homeName: string | undefined;
  let tries = 0;
  /** A request is under way, or due soon. */
  let isDue = false;
  let isStopped = false;

  const isHome = () => homeName === undefined || legs.home()?.leg === homeName;
  const isInSync = () => {
    if (liveLegs === undefined) return true;
    const connected = legs.names();
    return isHome() && connected.length === liveLegs.length && liveLegs.every((leg) => connected.includes(leg));
  };
  const ask = async () => {
    isDue = true;
    // While the call is down, entering again brings the legs along.
    if (!isLive()) return;
    const homeBefore = legs.home();
    try {
      const answer = await post<LegsAnswer>("legs", {});
      // Asked before the home leg moved, it names the former one.
      if (isStopped || legs.home() !== homeBefore) return;
      liveLegs = answer.legs.map(({ leg }) => leg);
      homeName = answer.legs.find(({ home }) => home)?.leg;
      await legs.adjust(answer.legs);
    } catch (error) {
      if (!isStopped && !isRetryable(asAppError(error).code)) refused();
    }
  };
  const pauseMs = () => {
    isDue = !isInSync();
    if (!isDue) {
      tries = 0;
      return NEVER_MS;
    }
    const most = isHome() ? LONGEST_PAUSE_MS : LONGEST_PAUSE_WITHOUT_HOME_MS;
    const longest = Math.min(most, FIRST_PAUSE_MS * 2 ** Math.min(tries, 6));
    tries += 1;
    return between(longest / 2, longest, deps.random);
  };
  const poll = createPoll(ask, pauseMs);
  const check = () => {
    if (!isDue && !isInSync()) poll.within(pauseMs());
  };

  return {
    nudged: () => poll.within(deps.random() * NUDGE_SPREAD_MS),
    handleView(view) {
      liveLegs = view.legs;
      homeName = view.homeLeg;
      check();
    },
    check,
    homeMoved: () => void (homeName = legs.home()?.leg),
    stop() {
      isStopped = true;
      poll.stop();
    },
  };
}
