import { asAppError } from "#lib/errors.ts";
import { between, createPoll } from "#lib/live/poll.ts";
import { LegsAnswer } from "#lib/regions/leg-schema.ts";
import type { MeetingView } from "#lib/seats/seat-schema.ts";
import { isRetryable } from "./call-status.ts";
import type { Deps } from "../deps.ts";
import type { Legs } from "./leg-manager.ts";
import { type RoomAddress, createPost } from "#lib/seats/room-client.ts";

/** Everybody inside hears the same nudge: they ask one after the other, within these many milliseconds. */
const NUDGE_SPREAD_MS = 250;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** The server has me publish on a leg I am not on: nobody may hear me until that is mended. */
const LONGEST_PAUSE_WITHOUT_HOME_MS = 3_000;
/** While all is right nothing is asked: presence tells when it is not. */
const NEVER_MS = 24 * 3_600_000;

/** Keeps me connected to all legs the meeting has, and to no other. Nobody is told of a standby that cannot be reached. */
export type LegSync = {
  /** Legs were opened or closed. */
  nudged: () => void;
  /** The API says which legs live. */
  told: (view: Pick<MeetingView, "legs" | "homeLeg">) => void;
  /** A leg may be gone. */
  look: () => void;
  /** I have moved home, and the server knows. */
  moved: () => void;
  stop: () => void;
};

export type LegSyncSources = { legs: Pick<Legs, "names" | "home" | "adjust">; isLive: () => boolean };

export function createLegSync(
  address: RoomAddress,
  deps: Pick<Deps, "api" | "random">,
  { legs, isLive }: LegSyncSources,
  /** It was refused for good: the API knows why. */
  refused: () => void,
): LegSync {
  const post = createPost(address, deps);
  /** The legs there are, as the server said last. */
  let living: readonly string[] | undefined;
  let homeName: string | undefined;
  let tries = 0;
  /** Asking is under way, or will be soon. */
  let isDue = false;
  let isStopped = false;

  const isHome = () => homeName === undefined || legs.home()?.leg === homeName;
  const isRight = () => {
    if (living === undefined) return true;
    const mine = legs.names();
    return isHome() && mine.length === living.length && living.every((leg) => mine.includes(leg));
  };
  const ask = async () => {
    isDue = true;
    // Otherwise entering again brings the legs along.
    if (!isLive()) return;
    const homeBefore = legs.home();
    try {
      const answer = await post("legs", {}, LegsAnswer);
      // Asked before I moved home, it tells of the home I left.
      if (isStopped || legs.home() !== homeBefore) return;
      living = answer.legs.map(({ leg }) => leg);
      homeName = answer.legs.find(({ home }) => home)?.leg;
      await legs.adjust(answer.legs);
    } catch (error) {
      if (!isStopped && !isRetryable(asAppError(error).code)) refused();
    }
  };
  const pauseMs = () => {
    isDue = !isRight();
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
  const look = () => {
    if (!isDue && !isRight()) poll.within(pauseMs());
  };

  return {
    nudged: () => poll.within(deps.random() * NUDGE_SPREAD_MS),
    told(view) {
      living = view.legs;
      homeName = view.homeLeg;
      look();
    },
    look,
    moved: () => void (homeName = legs.home()?.leg),
    stop() {
      isStopped = true;
      poll.stop();
    },
  };
}
