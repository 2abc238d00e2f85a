import "server-only";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import type { SiteLook } from "./health.ts";
import { claimLook, saveLook } from "./health-repository.ts";
import type { ListedRoom } from "./live-session.ts";

/** A site that has not answered by then is of no use to a waiting user, in milliseconds. */
const TIMEOUT_MS = 2_000;

/**
 * Checks a site: is it ready for joins, does its API answer, what runs there. Stores the result for other requests.
 *
 * @throws AppError `unavailable` when Redis cannot store it; never because of the site.
 */
export async function lookAt(site: string, nowMs: number): Promise<{ look: SiteLook; rooms: ListedRoom[] }> {
  const startedAt = performance.now();
  const [server, rooms] = await Promise.all([askServer(site), listRooms(site)]);
  const look: SiteLook = {
    atMs: nowMs,
    server,
    isListed: rooms !== undefined,
    tookMs: Math.round(performance.now() - startedAt),
    rooms: rooms?.length ?? 0,
    participants: sum(rooms, "participants"),
    publishers: sum(rooms, "publishers"),
  };
  await saveLook(site, look);
  return { look, rooms: rooms ?? [] };
}

/** Checks these sites, except those that are being checked already. @returns how many were checked. */
export async function lookAtAll(asked: readonly string[], nowMs: number): Promise<number> {
  const looked = await Promise.all(
    asked.map(async (site) => {
      const isMine = await claimLook(site);
      if (isMine) await lookAt(site, nowMs);
      return isMine;
    }),
  );
  return looked.filter(Boolean).length;
}

/** LiveKit answers 406 at its address while it cannot reach its Valkey, and takes no one new. */
async function askServer(site: string): Promise<SiteLook["server"]> {
  try {
    const answer = await fetch(media(site).site.apiUrl, { signal: AbortSignal.timeout(TIMEOUT_MS), cache: "no-store" });
    await answer.body?.cancel();
    if (answer.status === 200) return "ready";
    return answer.status === 406 ? "lost" : "silent";
  } catch (error) {
    log("warn", "health.site-silent", { site, error: describeError(error) });
    return "silent";
  }
}

/** @returns undefined when the API does not answer. */
async function listRooms(site: string): Promise<ListedRoom[] | undefined> {
  try {
    const rooms = await media(site).listRooms();
    return rooms.map(({ name, numParticipants, numPublishers, creationTimeMs, creationTime }) => ({
      site,
      name,
      participants: numParticipants,
      publishers: numPublishers,
      createdAtMs: Number(creationTimeMs) || Number(creationTime) * 1_000,
    }));
  } catch (error) {
    log("warn", "health.no-api", { site, error: describeError(error) });
    return undefined;
  }
}

function sum(rooms: ListedRoom[] | undefined, field: "participants" | "publishers"): number {
  return (rooms ?? []).reduce((total, room) => total + room[field], 0);
}
