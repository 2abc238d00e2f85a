import type { Clock } from "#lib/clock.ts";
import type { EntryFollower } from "./entry-follower.ts";
import type { PageEvents } from "./entry-page.ts";

/** A page that asked nothing for this long, in milliseconds, slept, and its connection is not to be trusted any more. */
const SLEPT_MS = 20_000;

/** Tells the server whether the guest looks at the page while they wait, and finds out at once what was missed. */
export function createPageFollower(follower: EntryFollower, now: Clock): PageEvents {
  const { state, requests } = follower;
  const isWaiting = () => state.getSnapshot().status === "waiting";
  return {
    // Should the word get lost, the place is kept as long as for a lost connection.
    left(page) {
      if (isWaiting()) void requests.tellPage(page, now()).catch(() => {});
    },
    // One question says that the guest is back, and how the request stands.
    returned() {
      if (!isWaiting()) return;
      const turn = follower.restart(now() - follower.askedAtMs() > SLEPT_MS);
      void follower.follow(requests.tellPage("visible", now()), turn);
    },
  };
}
