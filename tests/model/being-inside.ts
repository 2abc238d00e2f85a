import { readEntitled, storeArrival, storeDeparture } from "#lib/presence/entitlement-repository.ts";
import type { SessionId } from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { freeSeat, reclaimSeat } from "#lib/seats/seat-repository.ts";
import { renewSeat } from "#lib/testing/renew-repository.ts";
import { CAP, type Connection, type World, note } from "./world.ts";

const LEG = "a";

export const sessionOf = async ({ code }: World) =>
  (await redis().hget<SessionId>(keys.ofRoom("session", code), "sessionId")) ?? ("" as SessionId);
const report = (sessionId: SessionId, { identity, joinedAtMs }: Connection) => {
  return { sessionId, leg: LEG, identity, sid: `PA_${identity}_${joinedAtMs}`, joinedAtMs };
};

/** Browsers send heartbeats, request tokens, connect, lose the connection and leave; LiveKit's webhooks sometimes come late or twice. */
export async function live(world: World): Promise<void> {
  const { random, code, nowMs } = world;
  const seat = random.pick(random.chance(0.6) ? world.seats.slice(-12) : world.seats);
  const connection = random.pick(world.connected);
  if (!seat) return;
  const { identity, who } = seat;
  switch (random.weighted({ renew: 6, legs: 2, connect: 14, arrive: 2, depart: 2, leave: 1 })) {
    case "renew":
      return note(world, (await renewSeat(code, identity, nowMs)) ? "renew: held" : "renew: refused");
    case "legs":
      return note(world, (await reclaimSeat(code, identity, nowMs)) ? "legs: held" : "legs: refused");
    case "connect":
      return connect(world, { identity, person: who.key, joinedAtMs: nowMs });
    case "arrive":
      return void (connection && (await storeArrival(code, report(await sessionOf(world), connection), nowMs)));
    case "depart":
      if (!connection) return;
      world.connected = world.connected.filter((one) => one !== connection);
      return void (await storeDeparture(code, report(await sessionOf(world), connection), nowMs));
    case "leave":
      world.connected = world.connected.filter((one) => one.identity !== identity);
      return note(world, (await freeSeat(code, identity, nowMs)) ? "leave: nothing is left" : "leave");
  }
}

/** Connects through the gatekeeper, then handles LiveKit's webhook, which disconnects a participant without a seat. */
async function connect(world: World, connection: Connection): Promise<void> {
  const { code, nowMs } = world;
  const sessionId = await sessionOf(world);
  const { identity } = connection;
  const isLetIn = (await readEntitled(code, { sessionId, leg: LEG }, [identity], nowMs)).has(identity);
  note(world, isLetIn ? "gate: let in" : "gate: refused");
  if (!isLetIn) return;
  const others = world.connected.filter((one) => one.identity !== identity);
  const isHere = await storeArrival(code, report(sessionId, connection), nowMs);
  world.connected = isHere ? [...others, connection] : others;
}

/** The gatekeeper compares connections with seats. @returns rule violations. */
export async function sweep(world: World): Promise<string[]> {
  const { code, nowMs, connected } = world;
  const identities = connected.map(({ identity }) => identity);
  const sessionId = await sessionOf(world);
  const entitled = await readEntitled(code, { sessionId, leg: LEG }, identities, nowMs);
  world.connected = connected.filter(({ identity }) => entitled.has(identity));
  if (world.connected.length < connected.length) note(world, "sweep: put out");
  const spare = world.connected.some(({ person }) => person === world.owner.key) ? 1 : 0;
  const count = world.connected.length;
  return count > CAP + spare ? [`after a sweep ${count} are connected in ${CAP} seats`] : [];
}
