import type { DisconnectReason } from "livekit-client";
import type { LegAccess } from "#lib/regions/leg-schema.ts";
import type { Nudge } from "#lib/rooms/nudge-schema.ts";
import type { Deps } from "../deps.ts";
import type { LegSet } from "./leg-set.ts";
import { type Leg, createLeg } from "./leg.ts";
import { createNudgeDedupe } from "./dedupe-nudges.ts";

/** What all legs together have to say, each thing once. */
export type LegOpenerEvents = {
  changed: () => void;
  /** A leg's transport was looked at. */
  looked: () => void;
  nudged: (nudge: Nudge) => void;
  /** I was given the right to publish on a leg, which I did not have. */
  permitted: (leg: string) => void;
  /** A leg is gone for good; the one I publish on, or another. */
  lost: (reason: DisconnectReason | undefined, isHome: boolean) => void;
};

/**
 * Makes legs, and tells what they say as far as it concerns the meeting.
 *
 * @param legs - Where they will be: whether one is home, or was left, is told by then.
 */
export function createLegOpener(
  createRoom: Deps["createRoom"],
  legs: LegSet,
  hears: LegOpenerEvents,
): (access: LegAccess) => Leg {
  const isNews = createNudgeDedupe();
  return (access) => {
    const leg: Leg = createLeg(access, createRoom(), {
      changed: hears.changed,
      looked: hears.looked,
      uneasy: () => legs.all().forEach((one) => one.hurry()),
      nudged(nudge) {
        if (isNews(JSON.stringify(nudge), leg.leg, performance.now())) hears.nudged(nudge);
      },
      permitted() {
        if (legs.all().includes(leg)) hears.permitted(leg.leg);
      },
      lost(reason) {
        if (legs.all().includes(leg)) hears.lost(reason, leg === legs.home());
        hears.changed();
      },
    });
    return leg;
  };
}
