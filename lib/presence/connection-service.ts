import "server-only";
import { type ParticipantInfo, type TrackInfo, TrackSource } from "livekit-server-sdk";
import type { RoomCode } from "#lib/ids.ts";
import { media } from "#lib/livekit/admin-client.ts";
import { log } from "#lib/log.ts";
import { count } from "#lib/metrics.ts";
import { rightsOf } from "#lib/moderation/rights.ts";
import { homeAttribute } from "#lib/seats/home-attribute.ts";
import type { Publishing } from "#lib/tokens/grants.ts";
import { standingOn } from "./home-rule.ts";
import { isOrdinary } from "#lib/tokens/grant-schema.ts";
import { type Connection, type Entitled, isHiddenService, readEntitled } from "./entitlement-repository.ts";
import { endShareSoundAlone } from "./share-sound-service.ts";
import { hasRights, hasShareSoundAlone, judgeTrack } from "./track-rule.ts";

/** A LiveKit participant, and the sites it can be on. */
export type Connected = { sites: readonly string[]; room: string; participant: ParticipantInfo };

/**
 * Accepts a connection or ends it. It ends for a participant who is not entitled, for a duplicate identity (`identity#…`), and for a
 * kind of participant that none of our tokens creates. A token from before a lock, a change of role or a move carries the rights of
 * that time, so they are corrected.
 *
 * @throws AppError `media_unavailable`: LiveKit then sends the event again.
 */
export async function admitConnection(
  connected: Connected,
  leg: string,
  entitled: Entitled | undefined,
  nowMs: number,
): Promise<void> {
  const { sites, room, participant } = connected;
  const { identity, permission, attributes } = participant;
  if (entitled?.identity !== identity || !isOrdinary(participant, "meeting", isHiddenService(entitled)))
    return throwOut(sites, room, identity);
  const { role } = entitled;
  const standing = standingOn(leg, entitled, nowMs);
  const due = rightsOf(standing === "home", entitled);
  const home = homeAttribute(entitled);
  if (hasShareSoundAlone(participant.tracks)) watchShareSound(connected, due);
  // On a leg that they are leaving, participants keep their rights for a moment, but get none back.
  const isLeaving = standing === "leaving" && hasRights(permission, rightsOf(true, entitled));
  if ((isLeaving || hasRights(permission, due)) && attributes.role === role && attributes.home === home) return;
  await correct(connected, { ...(isLeaving ? {} : { permission: due }), attributes: { role, home } });
}

/** Checks a new track, and ends it if it is not allowed. */
export async function checkTrack(
  code: RoomCode,
  connected: Connected,
  { sessionId, leg }: Connection,
  { sid, type, source }: Pick<TrackInfo, "sid" | "type" | "source">,
  nowMs: number,
): Promise<void> {
  const { sites, room, participant } = connected;
  const entitled = (await readEntitled(code, { sessionId, leg }, [participant.identity], nowMs)).get(
    participant.identity,
  );
  if (!entitled) return throwOut(sites, room, participant.identity);
  const rights = rightsOf(standingOn(leg, entitled, nowMs) !== "guest", entitled);
  const muteAll = {
    isBound: entitled.role === "participant",
    atMs: entitled.muteAllAtMs,
    joinedAtMs: Number(participant.joinedAtMs),
  };
  const verdict = judgeTrack({ type, source }, rights, muteAll, nowMs);
  if (verdict === "fine") return;
  if (verdict === "check-share")
    return everywhere(sites, (site) => endShareSoundAlone(site, room, participant.identity, rights));
  log("info", "presence.track", { verdict, source: TrackSource[source] });
  if (verdict === "disconnect") return throwOut(sites, room, participant.identity);
  if (verdict === "withdraw") return correct(connected, { permission: rights });
  await everywhere(sites, (site) => media(site).muteTrack(room, participant.identity, sid));
}

/** @throws AppError `media_unavailable` */
export async function throwOut(sites: readonly string[], room: string, identity: string): Promise<void> {
  log("info", "presence.thrown-out", { room });
  count("veet_evictions_total", {});
  await everywhere(sites, async (site) => {
    await media(site).removeParticipant(room, identity);
  });
}

type Change = Parameters<ReturnType<typeof media>["updateParticipant"]>[2];

async function correct({ sites, room, participant }: Connected, change: Change): Promise<void> {
  await everywhere(sites, (site) => media(site).updateParticipant(room, participant.identity, change));
}

/** Sites of one region share a key, so an event does not identify its site. On the other sites the identity is unknown. */
async function everywhere(sites: readonly string[], call: (site: string) => Promise<void>): Promise<void> {
  await Promise.all(sites.map(call));
}

/** Runs in the background: it takes longer than a sweep has time for, and the next sweep checks again what failed. */
function watchShareSound({ sites, room, participant }: Connected, rights: Publishing): void {
  void everywhere(sites, (site) => endShareSoundAlone(site, room, participant.identity, rights)).catch(() => {});
}
