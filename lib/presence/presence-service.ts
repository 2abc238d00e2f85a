import "server-only";
import type { ParticipantInfo, WebhookEvent } from "livekit-server-sdk";
import { LobbyIdentity, type RoomCode, type SessionId } from "#lib/ids.ts";
import { media } from "#lib/livekit/admin-client.ts";
import type { MediaEvent } from "#lib/livekit/webhook.ts";
import { log } from "#lib/log.ts";
import { noteLobbyPresence } from "#lib/lobby/lobby-service.ts";
import { regainHost, settleSuccession } from "#lib/moderation/succession-service.ts";
import { storeFinished } from "#lib/regions/leg-finish-repository.ts";
import { readLegs } from "#lib/regions/leg-repository.ts";
import { livingOf } from "#lib/regions/leg-service.ts";
import { emit } from "#lib/seats/event-service.ts";
import { type Report, findRoomOf, isWaiting, storeArrival, storeDeparture } from "./entitlement-repository.ts";
import { lobbyLinkAfter } from "./lobby-link.ts";
import { type MediaRoom, parseMediaRoom } from "./media-room.ts";
import { type Connected, admitConnection, checkTrack, throwOut } from "./connection-service.ts";
import { isHandled, rememberHandled } from "./webhook-repository.ts";

type Meeting = Extract<MediaRoom, { kind: "meeting" }>;

/**
 * Handles LiveKit's webhook events, and checks every new connection again. Events arrive twice, late, in any order or not at all. So
 * an event only triggers a lookup, and its content is not trusted beyond that.
 *
 * @returns `ignored` for events that do not concern us.
 * @throws AppError when Redis did not answer: LiveKit then sends the event again, and it counts as new.
 */
export async function handleMediaEvent(
  { event, sites }: MediaEvent,
  nowMs: number,
): Promise<"handled" | "repeated" | "ignored"> {
  const room = parseMediaRoom(event.room?.name ?? "");
  if (!room || !CONCERNS.has(event.event)) return "ignored";
  const [isRepeated, code] = await Promise.all([isHandled(event.id), findRoomOf(room.sessionId)]);
  if (isRepeated) return "repeated";
  if (room.kind === "lobby") await handleLobby(event, sites, room.sessionId, code, nowMs);
  else await handleMeeting(event, sites, room, code, nowMs);
  // Stored last: an event that failed half-way must be new when it comes again.
  await rememberHandled(event.id);
  const leg = room.kind === "meeting" ? room.leg : room.kind;
  const identity = event.participant?.identity;
  log("info", `webhook.${event.event}`, { session: room.sessionId, leg, identity });
  return "handled";
}

const CONCERNS: ReadonlySet<string> = new Set([
  "participant_joined",
  "participant_left",
  "participant_connection_aborted",
  "track_published",
  "room_finished",
]);

async function handleLobby(
  { event, room, participant }: WebhookEvent,
  sites: readonly string[],
  sessionId: SessionId,
  code: RoomCode | undefined,
  nowMs: number,
): Promise<void> {
  if (!participant || event === "track_published" || event === "room_finished") return;
  const identity = LobbyIdentity.safeParse(participant.identity).data;
  const isArrival = event === "participant_joined";
  const link = isArrival ? "connected" : lobbyLinkAfter(participant.disconnectReason);
  if (!link) return;
  if (identity && code && (await noteLobbyPresence(code, identity, link, nowMs))) return;
  if (!isArrival) return;
  // Just admitted: their page learns that through the lobby room, and then leaves it.
  if (identity && code && (await isWaiting(code, sessionId, identity))) return;
  const name = room?.name ?? `lobby.${sessionId}`;
  await throwOut(sites, name, participant.identity);
}

async function handleMeeting(
  { event, room, participant, track, createdAt }: WebhookEvent,
  sites: readonly string[],
  { sessionId, leg }: Meeting,
  code: RoomCode | undefined,
  nowMs: number,
): Promise<void> {
  if (event === "room_finished") {
    const finishedAtMs = Number(createdAt) * 1_000;
    if (code) await finish(code, { sessionId, leg, sid: room?.sid, finishedAtMs }, nowMs);
    return;
  }
  if (!room || !participant) return;
  const { name } = room;
  const connected: Connected = { sites, room: name, participant };
  // The session is over, or Redis was emptied during a call. The gatekeeper's sweep remembers sessions and can tell the two apart.
  if (!code) return;
  const report = reportOf(participant, { sessionId, leg });
  if (event === "track_published") return track && checkTrack(code, connected, report, track, nowMs);
  if (event === "participant_joined") return arrive(code, connected, report, nowMs);
  await storeDeparture(code, report, nowMs);
  // Needed even if the event was not new: a host who pressed "leave" no longer has a seat.
  await settleSuccession(code, nowMs);
}

/**
 * LiveKit closed a room. If the meeting has other legs, this one is closed and a heartbeat opens a replacement. A session in which
 * no seat counts any more is forgotten.
 */
async function finish(
  code: RoomCode,
  { sessionId, leg, sid, finishedAtMs }: Omit<Meeting, "kind"> & { sid: string | undefined; finishedAtMs: number },
  nowMs: number,
): Promise<void> {
  const living = livingOf((await readLegs(code, sessionId, nowMs)).legs);
  const finished = living.find((one) => one.leg === leg);
  if (!finished) return;
  if (living.length > 1) {
    const sidNow = await media(finished.site).roomSid(finished.room);
    // An entry has created the room again since.
    if (sidNow !== undefined && sidNow !== sid) return;
  }
  const after = await storeFinished({ code, sessionId, leg }, finishedAtMs, nowMs);
  if (after.status === "closed") {
    await emit({ code, sessionId, legs: after.legs }, { type: "legs.changed" });
  }
}

async function arrive(code: RoomCode, connected: Connected, report: Report, nowMs: number): Promise<void> {
  const entitled = await storeArrival(code, report, nowMs);
  await admitConnection(connected, report.leg, entitled, nowMs);
  if (!entitled || entitled.homeLeg !== report.leg) return;
  if (entitled.isOwner) await regainHost(code, entitled.identity, nowMs);
  await settleSuccession(code, nowMs);
}

function reportOf(
  { identity, sid, joinedAt, joinedAtMs }: ParticipantInfo,
  { sessionId, leg }: Omit<Meeting, "kind">,
): Report {
  return { sessionId, leg, identity, sid, joinedAtMs: Number(joinedAtMs) || Number(joinedAt) * 1_000 };
}
