import "server-only";
import { type Clock, systemClock } from "#lib/clock.ts";
import type { RoomCode, SessionId } from "#lib/ids.ts";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import { inParallel } from "#lib/moderation/in-parallel.ts";
import { readLegs, storeClosed } from "#lib/regions/leg-repository.ts";
import { livingOf, openLegElsewhere } from "#lib/regions/leg-service.ts";
import { markDrained } from "#lib/regions/site-repository.ts";
import { emit } from "#lib/seats/event-service.ts";
import type { Leg } from "#lib/seats/seat.ts";
import { findRoomOf } from "./entitlement-repository.ts";
import { parseMediaRoom } from "./media-room.ts";

/** A tab moves within a second or two of the nudge. Nudge the rest again after this long, in milliseconds. */
const ASK_AGAIN_MS = 1_000;
/** Tabs that have not moved by then are suspended; they move on resume, when they find the leg gone. In milliseconds. */
const PATIENCE_MS = 30_000;
/** Meetings moved concurrently. */
const AT_MOST = 8;
/** Only few meetings start during a pass, and fewer in each. */
const MOST_PASSES = 3;

/**
 * Numbers of meetings. `moved`: no one publishes here any more. `left`: a tab is suspended, or the meeting is stranded.
 * `stranded`: no other site accepts it, so it continues here and ends if this site is stopped.
 */
export type Drained = { moved: number; left: number; stranded: number };
type Outcome = "moved" | "asleep" | "stranded" | "none";

type Waiting = { clock: Clock; pause: (ms: number) => Promise<void> };
const waiting: Waiting = {
  clock: systemClock,
  pause: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
};

/**
 * Empties a site without interrupting anyone. The site gets no new participants, each of its meetings gets a leg elsewhere, all
 * participants who publish here are asked to move, and then the leg is closed. Participants publish on the new leg before they stop
 * on the old one, and LiveKit's rooms end on their own. A second run completes what the first one left.
 *
 * @throws AppError `media_unavailable` when the site does not answer; `unavailable`
 */
export async function drainSite(site: string, { clock, pause }: Waiting = waiting): Promise<Drained> {
  await markDrained(site, true);
  const left = new Map<string, Outcome>();
  let moved = 0;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const rooms = (await media(site).listRooms()).map(({ name }) => name).filter((name) => !left.has(name));
    const movedBefore = moved;
    await inParallel(rooms, AT_MOST, async (room) => {
      const outcome = await drainRoom(site, room, { clock, pause });
      if (outcome === "asleep" || outcome === "stranded") left.set(room, outcome);
      if (outcome === "moved") moved += 1;
    });
    if (moved === movedBefore) break;
  }
  const stranded = [...left.values()].filter((outcome) => outcome === "stranded").length;
  log("info", "drain.done", { site, moved, left: left.size, stranded });
  return { moved, left: left.size, stranded };
}

async function drainRoom(site: string, room: string, waits: Waiting): Promise<Outcome> {
  const parsed = parseMediaRoom(room);
  if (parsed?.kind !== "meeting") return "none";
  try {
    const code = await findRoomOf(parsed.sessionId);
    return code ? await drainLeg({ code, ...parsed }, site, waits) : "none";
  } catch (error) {
    log("warn", "drain.meeting", { site, error: describeError(error) });
    // The meeting may not have moved, so the caller must not stop the site.
    return "stranded";
  }
}

type DrainedLeg = { code: RoomCode; sessionId: SessionId; leg: string };

async function drainLeg(drained: DrainedLeg, site: string, { clock, pause }: Waiting): Promise<Outcome> {
  const { code, sessionId, leg } = drained;
  const endsAtMs = clock() + PATIENCE_MS;
  const isHere = (one: Leg) => one.leg === leg && one.site === site;
  if (!livingOf((await readLegs(code, sessionId, clock())).legs).some(isHere)) return "none";
  const elsewhere = await openLegElsewhere({ code, sessionId }, leg, clock());
  if (elsewhere.length === 0) return "stranded";
  for (;;) {
    const { legs, homes } = await readLegs(code, sessionId, clock());
    const here = livingOf(legs).find(isHere);
    if (!here) return "none";
    const staying = [...homes].filter(([, home]) => home === leg).map(([identity]) => identity);
    const isQuiet = staying.length === 0 && !(await isAnyonePublishing(here));
    if (isQuiet || clock() >= endsAtMs) {
      await close(drained, here);
      return isQuiet ? "moved" : "asleep";
    }
    await askToMove({ code, sessionId }, legs, staying, elsewhere, homes);
    await pause(ASK_AGAIN_MS);
  }
}

/** Redis knows the new home early; a participant has left the old leg only when their tracks are gone. */
async function isAnyonePublishing({ site, room }: Leg): Promise<boolean> {
  return (await media(site).listParticipants(room)).some(({ tracks }) => tracks.length > 0);
}

/** Spreads participants over the legs with the fewest publishers. */
async function askToMove(
  meeting: Pick<DrainedLeg, "code" | "sessionId">,
  legs: readonly Leg[],
  identities: readonly string[],
  elsewhere: readonly Leg[],
  homes: ReadonlyMap<string, string>,
): Promise<void> {
  const counts = new Map(elsewhere.map(({ leg }) => [leg, [...homes.values()].filter((home) => home === leg).length]));
  const groups = new Map<string, string[]>();
  for (const identity of identities) {
    const [target = ""] = [...counts].toSorted(([, a], [, b]) => a - b)[0] ?? [];
    counts.set(target, (counts.get(target) ?? 0) + 1);
    groups.set(target, [...(groups.get(target) ?? []), identity]);
  }
  await Promise.all(
    [...groups].map(([leg, asked]) => emit({ ...meeting, legs }, { type: "home.requested", leg, identities: asked })),
  );
}

async function close({ code, sessionId, leg }: DrainedLeg, here: Leg): Promise<void> {
  const { legs, isChange } = await storeClosed(code, sessionId, leg);
  if (!isChange) return;
  await emit({ code, sessionId, legs: [...legs, here] }, { type: "legs.changed" });
  // Guests in this lobby lose their connection, and get a new one on the hosts' leg.
  await media(here.site).deleteRoom(`lobby.${sessionId}`);
}
