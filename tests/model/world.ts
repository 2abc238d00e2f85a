import {
  type DeviceId,
  type Identity,
  type LobbyIdentity,
  type PersonKey,
  type RoomCode,
  newDeviceId,
} from "#lib/ids.ts";
import type { ReadEntry } from "#lib/lobby/lobby-repository.ts";
import { redis } from "#lib/redis/client.ts";
import { keys } from "#lib/redis/keys.ts";
import type { EntrantKind } from "#lib/rooms/participant-kind.ts";
import { NOW } from "#lib/testing/places.ts";
import { aGuest, aRoomOf, anAccount } from "#lib/testing/redis-rooms.ts";
import { type Random, createRandom } from "./random.ts";

/** Small numbers, so that every limit is often reached. */
export const CAP = 6;
export const PLACES = 4;
export const SHARE = 3;
const ADDRESSES = ["home", "school", "office", "library"];

export type Someone = {
  key: PersonKey;
  kind: EntrantKind;
  name: string;
  address: string;
  devices: readonly DeviceId[];
};

/** A connection that LiveKit lists. */
export type Connection = { identity: Identity; person: PersonKey; joinedAtMs: number };

/** One room, all its users, and the answers they remember. */
export type World = {
  random: Random;
  code: RoomCode;
  owner: Someone;
  people: Someone[];
  nowMs: number;
  /** Old answers: some decisions use them, as a slow server would. */
  reads: { who: Someone; read: ReadEntry }[];
  /** Every seat there ever was: a host's screen may still show its tile. */
  seats: { identity: Identity; who: Someone }[];
  lobby: LobbyIdentity[];
  banIds: string[];
  /** Decided requests that ended with their session. */
  expired: Set<string>;
  connected: Connection[];
  /** What happened, and how often. */
  counts: Record<string, number>;
};

export async function createWorld(seed: number): Promise<World> {
  const random = createRandom(seed);
  const account = anAccount("Olga");
  const code = await aRoomOf(account, "ask");
  await redis().hset(keys.ofRoom("room", code), { maxParticipants: CAP });
  const owner = someone(random, account.key, "account", "Olga");
  const world: World = {
    random,
    code,
    owner,
    people: [owner],
    nowMs: NOW,
    reads: [],
    seats: [],
    lobby: [],
    banIds: [],
    expired: new Set(),
    connected: [],
    counts: {},
  };
  for (let at = 0; at < 3; at += 1) world.people.push(someone(random, anAccount().key, "account", `Member ${at}`));
  for (let at = 0; at < 8; at += 1) world.people.push(aNewGuest(world));
  return world;
}

function someone(random: Random, key: PersonKey, kind: EntrantKind, name: string): Someone {
  const address = random.pick(ADDRESSES) ?? "home";
  return { key, kind, name, address, devices: Array.from({ length: 6 }, newDeviceId) };
}

/** A user who deleted the cookie is a new guest at a known address. */
export function aNewGuest({ random, people }: World): Someone {
  return someone(random, aGuest(), "guest", `Guest ${people.length}`);
}

export function note({ counts }: World, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}
