import "server-only";
import { type ParticipantInfo, type TrackInfo, TrackSource } from "livekit-server-sdk";
import type { RoomCode } from "#lib/ids.ts";
import { media } from "#lib/livekit/admin-client.ts";
import { log } from "#lib/log.ts";
import { count } from "#lib/metrics.ts";
import { rightsOn } from "#lib/moderation/rights.ts";
import { homeAttribute } from "#lib/seats/home-attribute.ts";
import type { Publishing } from "#lib/tokens/grants.ts";
import { standingOn } from "./home-rule.ts";
import { isOrdinary } from "#lib/tokens/grant-schema.ts";
import { type Connection, type Entitled, readEntitled } from "./entitlement-repository.ts";
import { endShareSoundAlone } from "./share-sound-service.ts";
import { hasRights, hasShareSoundAlone, judgeTrack } from "./track-rule.ts";

/** A LiveKit participant, and the sites it may be on. */
export type Connected = { sites: readonly string[]; room: string; participant: ParticipantInfo };

/**
 * Lets a connection be, or ends it: a participant who is not entitled now, or has no seat's own name (`identity#…`), is disconnected,
 * and so is one that LiveKit takes for something that none of our tokens makes. A token from before a lock, a change of role or a move
 * brought the rights of then, and gets those of now.
 *
 * @throws AppError `media_unavailable`: then the event comes again.
 */
export async function admitConnection(
  connected: Connected,
  leg: string,
  entitled: Entitled | undefined,
  nowMs: number,
): Promise<void> {
  const { sites, room, participant } = connected;
  const { identity, permission, attributes } = participant;
  if (entitled?.identity !== identity || !isOrdinary(participant, "meeting")) return throwOut(sites, room, identity);
  const { role, locks } = entitled;
  const standing = standingOn(leg, entitled, nowMs);
  const due = rightsOn(standing === "home", role, locks);
  const home = homeAttribute(entitled);
  if (hasShareSoundAlone(participant.tracks)) watchShareSound(connected, due);
  // Whoever is leaving keeps what they have for a moment, and gets nothing back.
  const isLeaving = standing === "leaving" && hasRights(permission, rightsOn(true, role, locks));
  if ((isLeaving || hasRights(permission, due)) && attributes.role === role && attributes.home === home) return;
  await correct(connected, { ...(isLeaving ? {} : { permission: due }), attributes: { role, home } });
}

/** Looks at what somebody began to publish, and ends what may not be. */
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
  const rights = rightsOn(standingOn(leg, entitled, nowMs) !== "guest", entitled.role, entitled.locks);
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

/** Sites of one region share a key, so an event does not say which of them it is from; the others know nobody of that name. */
async function everywhere(sites: readonly string[], call: (site: string) => Promise<void>): Promise<void> {
  await Promise.all(sites.map(call));
}

/** Not waited for: it takes longer than a sweep may, and the next sweep looks again at what failed. */
function watchShareSound({ sites, room, participant }: Connected, rights: Publishing): void {
  void everywhere(sites, (site) => endShareSoundAlone(site, room, participant.identity, rights)).catch(() => {});
}
