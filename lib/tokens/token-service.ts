import "server-only";
import { AccessToken, type VideoGrant } from "livekit-server-sdk";
import type { MediaSite } from "#lib/media-sites.ts";
import { configuredSites } from "#lib/shared-env.ts";
import { AppError } from "#lib/errors.ts";
import type { LobbyIdentity, SessionId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import type { LegAccess } from "#lib/regions/leg-schema.ts";
import type { Role, SourceLocks } from "#lib/rooms/room.ts";
import { homeAttribute } from "#lib/seats/home-attribute.ts";
import { personTag } from "#lib/seats/person-tag-service.ts";
import type { SeatAttributes } from "#lib/seats/seat-attributes.ts";
import type { Leg, Seat, ServiceGrant } from "#lib/seats/seat.ts";
import { type Publishing, WATCHING, lobbyGrant, meetingGrant, permissionOf, servicePermissionOf } from "./grants.ts";

/** A token is used right away; the gatekeeper checks the seat again all the same. */
const LIFETIME_SECONDS = 60;

/** `grant` is that of a service. */
export type Admitted = {
  seat: Seat;
  sessionId: SessionId;
  role: Role;
  locks: SourceLocks;
  grant?: ServiceGrant | undefined;
};

/**
 * One token for each living leg, with the right to publish on the seat's home leg only.
 *
 * @throws AppError `media_unavailable` when none of the legs is on a site we know.
 */
export async function signLegs(admitted: Admitted, legs: readonly Leg[]): Promise<LegAccess[]> {
  const living = legs
    .filter(({ state }) => state === "live")
    .flatMap((leg) => {
      const site = siteOf(leg.site);
      return site ? [{ leg, site }] : [];
    });
  if (living.length === 0) throw new AppError("media_unavailable", { retryAfterSeconds: 2 });
  const home = living.find(({ leg }) => leg.leg === admitted.seat.homeLeg) ?? living[0];
  logGiven(admitted, living.map(({ leg }) => leg.leg).join(" "));
  return Promise.all(living.map((one) => signLeg(admitted, one.leg, one.site, one === home)));
}

/** Links LiveKit's later reports, which contain session and identity, to the request that admitted the participant. */
function logGiven({ seat, sessionId }: Admitted, legs: string): void {
  log("info", "entry.legs-given", { session: sessionId, identity: seat.identity, legs });
}

async function signLeg(admitted: Admitted, leg: Leg, site: MediaSite, home: boolean): Promise<LegAccess> {
  // If the home leg has closed in the meantime, no other leg grants rights: the browser must ask to move first.
  const isHome = leg.leg === admitted.seat.homeLeg;
  const permission = isHome ? homePermissionOf(admitted) : WATCHING;
  const token = await sign(site, meetingGrant(leg.room, permission, admitted.grant?.isHidden), {
    identity: admitted.seat.identity,
    name: admitted.seat.name,
    attributes: attributesOf(admitted),
  });
  return { leg: leg.leg, site: site.site, region: site.region, url: site.url, token, home };
}

function homePermissionOf({ role, locks, grant }: Admitted): Publishing {
  return grant ? servicePermissionOf(grant, locks) : permissionOf(role, locks);
}

/** What all participants can see of a seat; set by the server, and not changeable by browsers. */
export function attributesOf({ seat, sessionId, role }: Pick<Admitted, "seat" | "sessionId" | "role">): SeatAttributes {
  return {
    role,
    kind: seat.kind,
    person: personTag(sessionId, seat.personKey),
    hand: seat.handRaisedAtMs > 0 ? String(seat.handRaisedAtMs) : "",
    joinedAtMs: String(seat.joinedAtMs),
    home: homeAttribute(seat),
  };
}

/** Where a waiting guest receives the verdict. @returns undefined when the site is no longer configured. */
export async function signLobby(
  lobby: { site: string; room: string },
  identity: LobbyIdentity,
): Promise<{ url: string; token: string } | undefined> {
  const site = siteOf(lobby.site);
  // No name: nothing in the lobby room identifies one waiting guest to another.
  return site && { url: site.url, token: await sign(site, lobbyGrant(lobby.room), { identity }) };
}

function sign(
  { apiKey, apiSecret }: MediaSite,
  grant: VideoGrant,
  who: { identity: string; name?: string; attributes?: Record<string, string> },
): Promise<string> {
  const token = new AccessToken(apiKey, apiSecret, { ...who, ttl: LIFETIME_SECONDS });
  token.addGrant(grant);
  return token.toJwt();
}

function siteOf(name: string): MediaSite | undefined {
  return configuredSites().find(({ site }) => site === name);
}
