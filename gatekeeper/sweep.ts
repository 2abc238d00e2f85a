import type { ParticipantInfo } from "livekit-server-sdk";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import { settleSuccession } from "#lib/moderation/succession-service.ts";
import { roomOf } from "#lib/presence/admission-service.ts";
import { admitConnection, throwOut } from "#lib/presence/connection-service.ts";
import { isWaiting, readEntitled } from "#lib/presence/entitlement-repository.ts";
import { parseMediaRoom } from "#lib/presence/media-room.ts";
import type { Memory } from "./memory.ts";

/** Which LiveKit rooms there are on a site. */
export type ListRooms = () => Promise<string[]>;

/**
 * Compares everybody LiveKit knows on this site with who is entitled, once, and evicts the rest: what webhooks missed, twins,
 * people with only a signalling connection. Without Redis nobody is thrown out.
 */
export async function sweep(site: string, listRooms: ListRooms, memory: Memory, nowMs: number): Promise<void> {
  for (const room of await listRooms()) {
    try {
      await sweepRoom(site, room, memory, nowMs);
    } catch (error) {
      log("warn", "sweep.room", { error: describeError(error) });
    }
  }
}

async function sweepRoom(site: string, room: string, memory: Memory, nowMs: number): Promise<void> {
  const participants = await media(site).listParticipants(room);
  if (participants.length === 0) return;
  const parsed = parseMediaRoom(room);
  const code = parsed && (await roomOf(parsed.sessionId));
  const entitled =
    code && parsed.kind === "meeting"
      ? await readEntitled(
          code,
          parsed,
          participants.map(({ identity }) => identity),
          nowMs,
        )
      : new Map<string, never>();
  await Promise.all(
    participants.map(async (participant: ParticipantInfo) => {
      const { identity } = participant;
      if (code && parsed.kind === "lobby" && (await isWaiting(code, parsed.sessionId, identity))) return;
      const connected = { sites: [site], room, participant };
      if (parsed?.kind !== "meeting") return throwOut([site], room, identity);
      if (entitled.has(identity)) memory.confirm(room, identity, nowMs);
      else memory.forget(room, identity);
      await admitConnection(connected, parsed.leg, entitled.get(identity), nowMs);
    }),
  );
  if (code && parsed.kind === "meeting") await settleSuccession(code, nowMs);
}
