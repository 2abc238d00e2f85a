import "server-only";
import type { z } from "zod";
import { AppError } from "#lib/errors.ts";
import type { Later } from "#lib/later.ts";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import { rightsOf } from "#lib/moderation/rights.ts";
import { type Meeting, livingOf, lookAtLeg, meetingOf } from "#lib/regions/leg-service.ts";
import { homeAttribute } from "#lib/seats/home-attribute.ts";
import type { Inside } from "#lib/seats/seat-guards.ts";
import type { HomeAnswer, HomeBody } from "#lib/seats/seat-schema.ts";
import type { Leg } from "#lib/seats/seat.ts";
import type { Entitled } from "./entitlement-repository.ts";
import { storeHome } from "./home-repository.ts";
import { standingOn } from "./home-rule.ts";

/**
 * Moves a participant's home to another leg. Only the grant on the new leg is awaited. The other legs are updated in the background,
 * because one of them may be dead, and sweeps repeat the update.
 *
 * @throws AppError `leg_gone`, `not_inside`, `unavailable`; `media_unavailable` when the new leg does not answer: try another one.
 */
export async function moveHome(
  { place, seat }: Inside,
  { leg, lost }: z.output<typeof HomeBody>,
  later: Later,
  nowMs: number,
): Promise<z.input<typeof HomeAnswer>> {
  const meeting = meetingOf(place);
  if (!meeting) throw new AppError("not_inside");
  const { entitled, legs } = await storeHome(meeting, seat.identity, leg, lost !== undefined, nowMs);
  const living = livingOf(legs);
  const home = living.find((one) => one.leg === leg);
  if (home) await tell(home, entitled, nowMs);
  const others = living.filter((one) => one !== home && one.leg !== lost);
  later(async () => void (await Promise.all(others.map((one) => tellIfAlive(one, entitled, nowMs)))));
  const doubtful = living.find((one) => one !== home && one.leg === lost);
  if (doubtful) later(() => lookAndTell(meeting, doubtful, entitled, nowMs));
  log("info", "legs.moved-home", { leg, lost });
  return { leg };
}

/** Updates a participant's rights and home on one leg. On the leg they are leaving, their tracks stay until the new ones are up. */
async function tell({ leg, site, room }: Leg, entitled: Entitled, nowMs: number): Promise<void> {
  const { identity, role } = entitled;
  const standing = standingOn(leg, entitled, nowMs);
  const permission = standing === "leaving" ? {} : { permission: rightsOf(standing === "home", entitled) };
  const attributes = { role, home: homeAttribute(entitled) };
  await media(site).updateParticipant(room, identity, { ...permission, attributes });
}

/** Updates a lost leg once it answers our probe: a call to a dead one takes 2 s, and sweeps repeat the update. */
async function lookAndTell(meeting: Meeting, leg: Leg, entitled: Entitled, nowMs: number): Promise<void> {
  if (await lookAtLeg(meeting, leg, nowMs)) await tellIfAlive(leg, entitled, nowMs);
}

async function tellIfAlive(leg: Leg, entitled: Entitled, nowMs: number): Promise<void> {
  try {
    await tell(leg, entitled, nowMs);
  } catch (error) {
    log("warn", "legs.not-notified", { site: leg.site, error: describeError(error) });
  }
}
