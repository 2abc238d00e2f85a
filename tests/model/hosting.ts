import { type TicketId, newBanId } from "#lib/ids.ts";
import { listQueue, storeVerdicts } from "#lib/lobby/queue-repository.ts";
import * as scripts from "#lib/moderation/action-repository.ts";
import { act } from "#lib/moderation/moderation-repository.ts";
import { mayDo } from "#lib/moderation/powers.ts";
import { readHostlessness, storeOwnersReturn, storeSuccession } from "#lib/moderation/succession-repository.ts";
import { chooseSuccessor } from "#lib/moderation/succession.ts";
import { type Role, isModerator } from "#lib/rooms/room.ts";
import { storeEnd, storeForget } from "#lib/seats/end-repository.ts";
import type { Seat } from "#lib/seats/seat.ts";
import type { ModerationVerb } from "#lib/moderation/moderation-schema.ts";
import { sessionOf } from "./being-inside.ts";
import { look, orRefused } from "./entering.ts";
import { type World, note } from "./world.ts";

type Acting = { seat: Seat; role: Role; rev: number };

/** A moderator as an answer described them; in an old one they may have been demoted or removed since, or have left. */
async function actingOf(world: World): Promise<Acting | undefined> {
  if (world.random.chance(0.8)) {
    const member = world.random.pick(world.people.slice(0, 6)) ?? world.owner;
    const { place } = await look(world, world.random.chance(0.5) ? world.owner : member);
    const own = world.random.pick(place.seats.filter(({ status }) => status !== "removed"));
    if (own && isModerator(place.role)) return { seat: own, role: place.role, rev: place.room.rev };
  }
  const known = world.reads.filter(({ read }) => isModerator(read.place.role) && read.place.seats.length > 0);
  const read = world.random.pick(known)?.read;
  const seat = world.random.pick(read?.place.seats ?? []);
  return read && seat && { seat, role: read.place.role, rev: read.place.room.rev };
}

/** A host or co-host moderates a participant or the room. */
export async function moderate(world: World): Promise<void> {
  const acting = await actingOf(world);
  const { random, seats } = world;
  const target = random.pick(random.chance(0.6) ? seats.slice(-8) : seats)?.identity;
  if (!acting || !target) return;
  const { role } = acting;
  const who = { code: world.code, identity: acting.seat.identity, role, nowMs: world.nowMs };
  const hits = (verb: ModerationVerb) =>
    `,${(["participant", "cohost", "host"] as const).filter((one) => mayDo(role, verb, { role: one, isSelf: false })).join()},`;
  const change = async (what: string, script: Parameters<typeof act>[0], args: readonly (string | number)[]) => {
    const outcome = await orRefused(world, what, () => act(script, who, args));
    if (outcome) note(world, `${what}: ${outcome.isChange ? "done" : "nothing to do"}`);
  };
  const banId = newBanId();
  switch (world.random.weighted({ expel: 2, ban: 1, unban: 2, promote: 4, demote: 4, lock: 1, unlock: 4, access: 2 })) {
    case "expel":
      return change("expel", scripts.EXPEL, [target, hits("expel"), 0, banId]);
    case "ban":
      world.banIds.push(banId);
      return change("ban", scripts.EXPEL, [target, hits("expel"), 1, banId]);
    case "unban":
      return change("unban", scripts.UNBAN, [world.random.pick(world.banIds) ?? banId]);
    case "promote":
      return change("promote", scripts.SET_ROLE, [target, hits("make-cohost"), "cohost", "make-cohost"]);
    case "demote":
      return change("demote", scripts.SET_ROLE, [target, hits("unmake-cohost"), "participant", "unmake-cohost"]);
    case "lock":
      return change("lock", scripts.SET_FIELD, ["isLocked", "1", "lock-room", "on", 1]);
    case "unlock":
      return change("unlock", scripts.SET_FIELD, ["isLocked", "0", "lock-room", "off", 1]);
    case "access": {
      const access = world.random.pick(["ask", "signed-in", "open"]) ?? "ask";
      return change("access", scripts.SET_FIELD, ["access", access, "set-access", access, 1]);
    }
  }
}

/** A host decides on waiting users: one, some, or all. */
export async function decide(world: World): Promise<void> {
  const { random, code, nowMs } = world;
  const acting = await actingOf(world);
  if (!acting) return;
  const guests = await listQueue(code, nowMs);
  const some: TicketId[] = guests.filter(() => random.chance(0.5)).map(({ ticketId }) => ticketId);
  const verdict = random.chance(0.7) ? "admitted" : "denied";
  const decided = await orRefused(world, "verdict", () =>
    storeVerdicts({ code, rev: acting.rev, verdict, by: acting.seat.name, nowMs }, random.chance(0.3) ? "all" : some),
  );
  const done = decided?.outcomes.filter(({ status }) => status === "done").length ?? 0;
  if (done > 0) note(world, `verdict: ${verdict}`);
}

/** The meeting ends, is forgotten, or gets another host. */
export async function turn(world: World): Promise<void> {
  const { random, code, nowMs } = world;
  switch (random.weighted({ end: 1, forget: 2, succeed: 12, regain: 2 })) {
    case "end":
      note(world, "end");
      return void (await storeEnd(code, nowMs));
    case "forget":
      return forget(world);
    case "succeed":
      return succeed(world);
    case "regain": {
      const own = random.pick(world.seats.filter(({ who }) => who === world.owner));
      return void (own && (await storeOwnersReturn(code, own.identity, nowMs)));
    }
  }
}

/** Forgets the current session or an earlier one, if it has no seats. */
export async function forget(world: World): Promise<void> {
  const { random, code, nowMs, reads } = world;
  const old = random.chance(0.3) ? random.pick(reads)?.read.place.session?.sessionId : undefined;
  if (await storeForget(code, old ?? (await sessionOf(world)), nowMs)) note(world, "forget");
}

async function succeed(world: World): Promise<void> {
  const { code, nowMs } = world;
  const { hostGoneSinceMs, inside } = await readHostlessness(code, nowMs);
  const successor = chooseSuccessor(inside, hostGoneSinceMs, nowMs);
  if (!successor || hostGoneSinceMs === undefined) return;
  const outcome = await orRefused(world, "succeed", () => storeSuccession(code, hostGoneSinceMs, successor, nowMs));
  if (outcome) note(world, "succeed: done");
}
