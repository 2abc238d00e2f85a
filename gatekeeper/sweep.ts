import type { ParticipantInfo } from "livekit-server-sdk";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import { count, setGauge } from "#lib/metrics.ts";
import { inParallel } from "#lib/moderation/in-parallel.ts";
import { settleSuccession } from "#lib/moderation/succession-service.ts";
import { admitConnection, throwOut } from "#lib/presence/connection-service.ts";
import { type MediaRoom, parseMediaRoom } from "#lib/presence/media-room.ts";
import { type RoomAnswer, readSweep } from "#lib/presence/sweep-repository.ts";
import { endSession } from "#lib/seats/end-service.ts";
import { isOrdinary } from "#lib/tokens/grant-schema.ts";
import type { Outage } from "./outage.ts";
import type { Remembered } from "./remembered.ts";
import { SweepPace, listsOf } from "./sweep-pace.ts";

/** Concurrent calls to LiveKit; it is on the same machine and answers within milliseconds. */
const AT_MOST = 16;
/** In one script, so that none keeps Redis from others for longer than some milliseconds. */
const PEOPLE_PER_SCRIPT = 500;
/** For a meeting in which no one can inherit the role of host. */
const SUCCESSION_PAUSE_MS = 10_000;

export type SweepPlan = {
  site: string;
  /** The LiveKit rooms that this gatekeeper sweeps. */
  listRooms: () => Promise<readonly string[]>;
  remembered: Remembered;
  outage: Outage;
};

export type Sweep = {
  /** Checks every room once, and asks Redis where that is due. */
  run: (nowMs: number) => Promise<void>;
  /** How many tracks are published in a LiveKit room, as of the last check; undefined for one that was not checked. */
  tracksIn: (room: string) => number | undefined;
};

/** One LiveKit room, with those who left within the last minute and could come back while Redis is away. */
type Room = { name: string; parsed: MediaRoom; participants: ParticipantInfo[]; gone: string[] };

/**
 * Creates the sweep: it compares all participants in these rooms with who is entitled, and evicts the rest: those that webhooks
 * missed, duplicate identities, and connections that only signal. Without Redis no one is evicted.
 *
 * It asks Redis about all rooms together, so that the cost does not grow with the number of meetings; `SweepPace` decides when.
 */
export function createSweep({ site, listRooms, remembered, outage }: SweepPlan): Sweep {
  const settledAtMs = new Map<string, number>();
  let tracks = new Map<string, number>();
  const pace = new SweepPace();

  /** Only now and then: browsers trigger the handover too. */
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
      // Those who left are remembered for a minute; asking about them does not extend it.
      else if (isHere && isRight) remembered.confirm(person, nowMs, epoch);
      else if (isHere) remembered.keep(person, nowMs);
    }
    await Promise.all(
      room.participants.map((participant) => {
        if (isOrphan(room, participant.identity, answer, epoch)) return undefined;
        return evictUnlessEntitled(site, room, participant, answer, nowMs);
      }),
    );
    // Tabs report every half minute, which also ends it. A modified browser might not report.
    if (answer.code && answer.isOverTime) return endSession(answer.code, "", nowMs, room.parsed.sessionId);
    if (answer.code && isHostDue(answer, nowMs)) await settle(answer.code, nowMs);
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
      outage.answered(askedAtMs);
      return answer;
    } catch (error) {
      outage.failed(error, askedAtMs);
      throw error;
    }
  };

  /** @returns for each room whether all participants are allowed where they are, and when a new host is due. */
  const askAbout = async (batch: readonly Room[], nowMs: number): Promise<Asked[]> => {
    const { rooms: answers, epoch } = await ask(batch, nowMs);
    const pairs = batch.flatMap((room, index) => {
      const answer = answers[index];
      return answer ? [{ room, answer }] : [];
    });
    const asked: Asked[] = [];
    await inParallel(pairs, AT_MOST, async ({ room, answer }) => {
      const isJudged = await orLog(() => judge(room, answer, epoch, nowMs));
      const isRight = (identity: string) => isEntitled(answer, identity) || isOrphan(room, identity, answer, epoch);
      asked.push({ isSettled: isJudged && connectedTo(room).every(isRight), hostDueAtMs: answer.hostDueAtMs });
    });
    return asked;
  };

  return {
    async run(nowMs) {
      const rooms = await findRooms(site, await listRooms(), remembered);
      tracks = new Map(rooms.map(({ name, participants }) => [name, tracksOf(participants)]));
      measure(rooms);
      remembered.prune(nowMs);
      const lists = listsOf(rooms);
      if (!pace.isDue(lists, nowMs) && !outage.isSuspected()) return;
      pace.unsettled();
      const answers = (await Promise.all(inBatches(rooms).map((batch) => askAbout(batch, nowMs)))).flat();
      if (answers.every(({ isSettled }) => isSettled))
        pace.settled(lists, nowMs, Math.min(...answers.map(({ hostDueAtMs }) => laterThan(nowMs, hostDueAtMs))));
    },
    tracksIn: (room) => tracks.get(room),
  };
}

type Asked = { isSettled: boolean; hostDueAtMs: number | undefined };

function isHostDue({ hostDueAtMs }: RoomAnswer, nowMs: number): boolean {
  return hostDueAtMs !== undefined && hostDueAtMs <= nowMs;
}

/** A time that has passed is no reason to ask every two seconds: the handover was already checked. */
function laterThan(nowMs: number, atMs = Infinity): number {
  return atMs > nowMs ? atMs : Infinity;
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

/** Rooms that are not ours are emptied right away, without asking Redis. */
async function findRooms(site: string, names: readonly string[], remembered: Remembered): Promise<Room[]> {
  const known = remembered.byRoom();
  const listed = new Set(names);
  const found: Room[] = [];
  await inParallel([...new Set([...names, ...known.keys()])], AT_MOST, async (name) => {
    await orLog(async () => {
      const participants = listed.has(name) ? await media(site).listParticipants(name) : [];
      const parsed = parseMediaRoom(name);
      if (!parsed) {
        await Promise.all(participants.map(({ identity }) => throwOut([site], name, identity)));
        return;
      }
      const connected = new Set(participants.map(({ identity }) => identity));
      const gone = [...(known.get(name) ?? [])].filter((identity) => !connected.has(identity));
      if (connected.size + gone.length > 0) found.push({ name, parsed, participants, gone });
    });
  });
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

/** One failing room must not keep the others from being checked. @returns whether it succeeded. */
async function orLog(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    log("warn", "sweep.room", { error: describeError(error) });
    count("veet_sweep_failures_total", { part: "room" });
    return false;
  }
}
