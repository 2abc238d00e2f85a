import { expect } from "@playwright/test";
import type { RunningSite } from "../../../scripts/stack/site.ts";
import type { SiteNode } from "../../../scripts/stack/site-node.ts";
import { identityOf } from "../../e2e/support/livekit-admin.ts";
import type { Room } from "../../e2e/support/person.ts";
import { legsOf, redis, roomKey, type StoredLeg } from "../../e2e/support/redis.ts";

/** A participant's home leg, from Redis. */
export async function homeOf({ code }: Room, name: string): Promise<StoredLeg> {
  const identity = await identityOf(code, name);
  const home = await redis<string | null>("HGET", roomKey(code, `seat:${identity}`), "homeLeg");
  const leg = (await legsOf(code)).find((candidate) => candidate.leg === home);
  if (!leg) throw new Error(`${name} has no home leg: ${home}`);
  return leg;
}

export async function expectHomedAt(
  room: Room,
  name: string,
  { plan }: RunningSite,
  patience: { timeout?: number } = {},
): Promise<void> {
  await expect
    .poll(async () => (await homeOf(room, name)).site, { message: `where ${name} publishes`, ...patience })
    .toBe(plan.site);
}

/** The server that carries a participant's published media. */
export async function nodeOf(room: Room, name: string, sites: readonly RunningSite[]): Promise<SiteNode> {
  const home = await homeOf(room, name);
  const site = sites.find(({ plan }) => plan.site === home.site);
  const node = await site?.nodeOf(home.room);
  if (!node) throw new Error(`No server is known for ${home.room} on ${home.site}`);
  return node;
}
