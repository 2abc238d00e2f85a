import { afterAll, expect, inject, test } from "vitest";
import { storeMessage } from "#lib/chat/chat-repository.ts";
import { storeEnd } from "#lib/seats/end-repository.ts";
import { connectTcpRedis } from "../scripts/stack/tcp-redis.ts";
import { live } from "./model/being-inside.ts";
import { enter, wait } from "./model/entering.ts";
import { decide, moderate } from "./model/hosting.ts";
import { type World, createWorld } from "./model/world.ts";
import { type Row, durationMs, tableOf } from "./support/privacy-page.ts";

const FEWEST_STEPS = 200;
const MOST_STEPS = 3_000;
const LOOK_EVERY = 5;
const rows = tableOf("key");
const OF_ROOMS = rows.map(({ name }) => name).filter((name) => name.startsWith("veet:{code}:"));
/** Names that have not occurred yet. Tabs are listed when a meeting is ended, which is the last step. */
const missing = (seen: ReadonlySet<string>) =>
  OF_ROOMS.filter((name) => !seen.has(name) && !name.endsWith("ended-tabs"));
const redis = connectTcpRedis(inject("redis").port);
afterAll(() => redis.disconnect());

/** Every key of the room in Redis, with its remaining time in milliseconds. Scanning all keys is for tests only. */
async function keysOf(code: string): Promise<[string, number][]> {
  const walk =
    "local f = {} for _, k in ipairs(redis.call('keys', ARGV[1])) do f[#f + 1] = { k, redis.call('pttl', k) } end return f";
  return (await redis.run(["eval", walk, "0", `veet:{${code}}:*`])) as [string, number][];
}

function rowOf(key: string, code: string): Row | undefined {
  const pattern = key.replace(code, "code").replace(/:(seat|ticket|person):.+$/, ":$1:…");
  return rows.find(({ name }) => name === pattern);
}

async function step(world: World): Promise<void> {
  const act = world.random.weighted({ enter: 30, wait: 10, live: 30, decide: 10, moderate: 12, chat: 5 });
  world.nowMs += world.random.below(5_000);
  if (act === "enter") await enter(world);
  if (act === "wait") await wait(world);
  if (act === "live") await live(world);
  if (act === "decide") await decide(world);
  if (act === "moderate") await moderate(world);
  const sender = world.random.pick(world.seats)?.identity;
  if (act !== "chat" || !sender) return;
  const message = { id: crypto.randomUUID(), identity: sender, name: "Ada", text: "hello", sentAtMs: world.nowMs };
  await storeMessage(world.code, message);
}

test(
  "[D142] every key of a room has a row in docs/privacy.md, and lives no longer than it says",
  { timeout: 300_000 },
  async () => {
    await redis.isUp();
    const world = await createWorld(7);
    const seen = new Set<string>();
    const wrong: string[] = [];
    const look = async () => {
      for (const [key, leftMs] of await keysOf(world.code)) {
        const row = rowOf(key, world.code);
        seen.add(row?.name ?? key);
        if (!row || leftMs < 0 || leftMs > durationMs(row.cells[1] ?? "")) wrong.push(`${key}: ${leftMs} ms`);
      }
    };
    for (let at = 1; at <= MOST_STEPS && (at <= FEWEST_STEPS || missing(seen).length > 0); at += 1) {
      await step(world);
      if (at % LOOK_EVERY === 0) await look();
    }
    await storeEnd(world.code, world.nowMs);
    await look();
    expect(wrong).toEqual([]);
    // So that no row passes because its key never occurred.
    expect(OF_ROOMS.filter((name) => !seen.has(name))).toEqual([]);
  },
);
