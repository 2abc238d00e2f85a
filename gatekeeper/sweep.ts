import type { ParticipantInfo } from "livekit-server-sdk";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import { count, setGauge } from "#lib/metrics.ts";
import { inParallel } from "#lib/moderation/in-parallel.ts";
import { settleSuccession } from "#lib/moderation/succession-service.ts";
import { admitConnection, throwOut } from "#lib/presence/connection-service.ts";
import { type MediaRoom, parseMediaRoom } from "#lib/presence/media-room.ts";
import { type RoomAnswer, readSweep } from "#lib/presence/sweep-repository.ts";
import { isOrdinary } from "#lib/tokens/grant-schema.ts";
import type { Outage } from "./outage.ts";
import type { Remembered } from "./remembered.ts";

/** Calls to LiveKit at a time; it is on the same machine and answers within milliseconds. */
const AT_MOST = 16;
/** In one script, so that none keeps Redis from others for longer than some milliseconds. */
const PEOPLE_PER_SCRIPT = 500;
/** A meeting without anyone who can inherit would be asked about every two seconds. */
const SUCCESSION_PAUSE_MS = 10_000;

export type SweepPlan = {
  site: string;
  /** The LiveKit rooms that this gatekeeper looks after. */
  listRooms: () => Promise<readonly string[]>;
  remembered: Remembered;
  outage: Outage;
};

export type Sweep = {
  /** Looks at every room once. */
  run: (nowMs: number) => Promise<void>;
  /** How many tracks are published in a LiveKit room, as of the last look; undefined for one that was not looked at. */
  tracksIn: (room: string) => number | undefined;
};

/** One LiveKit room, with those who left within the last minute and could come back while Redis is away. */
type Room = { name: string; parsed: MediaRoom; participants: ParticipantInfo[]; gone: string[] };

/**
 * Makes what compares all participants in these rooms with who is entitled, and evicts the rest: what webhooks missed, twins,
 * people with only a signalling connection. Without Redis no one is evicted.
 *
 * It asks Redis once for many rooms, so that what a gatekeeper asks does not grow with the meetings it has.
 */
export function createSweep({ site, listRooms, remembered, outage }: SweepPlan): Sweep {
  const settledAtMs = new Map<string, number>();
  let tracks = new Map<string, number>();

  /** Once in a while only: browsers, too, have the succession settled. */
  const settle = async (code: NonNullable<RoomAnswer["code"]>, nowMs: number) => {
    for (const [room, atMs] of settledAtMs) if (nowMs - atMs > SUCCESSION_PAUSE_MS) settledAtMs.delete(room);
    if (settledAtMs.has(code)) return;
    settledAtMs.set(code, nowMs);
    await settleSuccession(code, nowMs);
  };

  const judge = async (room: Room, answer: RoomAnswer, epoch: string | undefined, nowMs: number) => {
    const listed = new Set(connectedTo(room));
    for (const identity of [...listed, ...room.gone]) {
      const person = { room: room.name, identity };
      const [isHere, isRight] = [listed.has(identity), isEntitled(answer, identity)];
      if (!isRight && !isOrphan(room, identity, answer, epoch)) remembered.forget(person);
      // Those who left are remembered for a minute, and no longer for being asked about.
      else if (isHere && isRight) remembered.confirm(person, nowMs, epoch);
      else if (isHere) remembered.keep(person, nowMs);
    }
    await Promise.all(
      room.participants.map((participant) => {
        if (isOrphan(room, participant.identity, answer, epoch)) return undefined;
        return evictUnlessEntitled(site, room, participant, answer, nowMs);
      }),
    );
    if (answer.code && answer.needsHost) await settle(answer.code, nowMs);
  };

  /** Redis was emptied: it does not know the session, and had confirmed this participant before. The call continues. */
  const isOrphan = ({ name }: Room, identity: string, { code }: RoomAnswer, epoch: string | undefined) =>
    code === undefined && remembered.isOfEarlier({ room: name, identity }, epoch);

  const ask = async (batch: readonly Room[], nowMs: number) => {
    const askedAtMs = Date.now();
    try {
      const answer = await readSweep(
        batch.map((room) => ({ media: room.parsed, connected: connectedTo(room), gone: room.gone })),
        nowMs,
      );
      outage.answered();
      return answer;
    } catch (error) {
      outage.failed(error, askedAtMs);
      throw error;
    }
  };

  return {
    async run(nowMs) {
      const rooms = await findRooms(site, await listRooms(), remembered);
      tracks = new Map(rooms.map(({ name, participants }) => [name, tracksOf(participants)]));
      measure(rooms);
      remembered.prune(nowMs);
      await Promise.all(
        inBatches(rooms).map(async (batch) => {
          const { rooms: answers, epoch } = await ask(batch, nowMs);
          const pairs = batch.flatMap((room, index) => {
            const answer = answers[index];
            return answer ? [{ room, answer }] : [];
          });
          await inParallel(pairs, AT_MOST, ({ room, answer }) => orLog(() => judge(room, answer, epoch, nowMs)));
        }),
      );
    },
    tracksIn: (room) => tracks.get(room),
  };
}

function measure(rooms: readonly Room[]): void {
  for (const kind of ["meeting", "lobby"] as const) {
    const some = rooms.filter(({ parsed, participants }) => parsed.kind === kind && participants.length > 0);
    setGauge("veet_rooms", { kind }, some.length);
    setGauge(
      "veet_people",
      { kind },
      some.reduce((sum, { participants }) => sum + participants.length, 0),
    );
  }
}

function connectedTo({ participants }: Room): string[] {
  return participants.map(({ identity }) => identity);
}

function tracksOf(participants: readonly ParticipantInfo[]): number {
  return participants.reduce((sum, { tracks }) => sum + tracks.length, 0);
}

function isEntitled({ entitled, waiting }: RoomAnswer, identity: string): boolean {
  return entitled.has(identity) || waiting.has(identity);
}

async function evictUnlessEntitled(
  site: string,
  { name, parsed }: Room,
  participant: ParticipantInfo,
  { entitled, waiting }: RoomAnswer,
  nowMs: number,
): Promise<void> {
  const { identity } = participant;
  if (parsed.kind === "meeting") {
    return admitConnection({ sites: [site], room: name, participant }, parsed.leg, entitled.get(identity), nowMs);
  }
  if (!waiting.has(identity) || !isOrdinary(participant, "lobby")) await throwOut([site], name, identity);
}

/** Rooms that are none of ours are emptied at once, without asking Redis. */
async function findRooms(site: string, names: readonly string[], remembered: Remembered): Promise<Room[]> {
  const known = remembered.byRoom();
  const listed = new Set(names);
  const found: Room[] = [];
  await inParallel([...new Set([...names, ...known.keys()])], AT_MOST, (name) =>
    orLog(async () => {
      const participants = listed.has(name) ? await media(site).listParticipants(name) : [];
      const parsed = parseMediaRoom(name);
      if (!parsed) {
        await Promise.all(participants.map(({ identity }) => throwOut([site], name, identity)));
        return;
      }
      const connected = new Set(participants.map(({ identity }) => identity));
      const gone = [...(known.get(name) ?? [])].filter((identity) => !connected.has(identity));
      if (connected.size + gone.length > 0) found.push({ name, parsed, participants, gone });
    }),
  );
  return found;
}

function inBatches(rooms: readonly Room[]): Room[][] {
  const batches: Room[][] = [];
  let people = Infinity;
  for (const room of rooms) {
    const count = room.participants.length + room.gone.length;
    people += count;
    const last = batches.at(-1);
    if (last && people <= PEOPLE_PER_SCRIPT) {
      last.push(room);
      continue;
    }
    batches.push([room]);
    people = count;
  }
  return batches;
}

/** One room that fails must not keep the others from being looked at. */
async function orLog(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log("warn", "sweep.room", { error: describeError(error) });
    count("veet_sweep_failures_total", { part: "room" });
  }
}
