import { Identity } from "#lib/ids.ts";
import type { SourceLocks } from "#lib/rooms/room.ts";
import type { Leg } from "./leg.ts";
import { homeOf, isWanted, isWelcome } from "../roster/leg-view.ts";
import type { VisibleFeeds } from "../media/visible-feeds.ts";

/** Subscribes on each leg what is to be seen and heard from there, and drops the rest. */
export function updateSubscriptions(legs: readonly Leg[], locks: SourceLocks, isWatched: VisibleFeeds["has"]): void {
  const views = legs.map((leg) => leg.view());
  legs.forEach((leg, index) => {
    leg.tune((identity, track) => {
      const home = Identity.safeParse(identity).success ? homeOf(identity, views) : undefined;
      const here = views[index]?.people.find((person) => person.identity === identity);
      const isInView = isWatched(identity, track.source);
      if (!home || !here || !isWanted(track, leg.leg, home, isInView)) return false;
      const { mayPublish, maySend } = here;
      const { seat, tracks } = home.person;
      return isWelcome(track, { role: seat.role, mayPublish, maySend, tracks }, locks);
    });
  });
}
