import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { type Server, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Redis } from "@upstash/redis";
import type { defineScript } from "./script.ts";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { requireRedis } from "../../scripts/provision/redis-binary.ts";
import { type RunningRedisServer, startRedisServer } from "../../scripts/stack/redis.ts";

const LIMIT_MS = 2_000;

type Client = { redis: () => Redis; defineScript: typeof defineScript };

/** The product's client with other variables, in modules of its own. */
async function clientOf(variables: Record<string, string>): Promise<Client> {
  for (const name of ["REDIS_URL", "UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"])
    vi.stubEnv(name, variables[name] ?? "");
  vi.stubEnv("REDIS_TIMEOUT_MS", String(LIMIT_MS));
  vi.resetModules();
  const [{ redis }, { defineScript }] = await Promise.all([import("./client.ts"), import("./script.ts")]);
  // Both read their variables at first use.
  redis();
  return { redis, defineScript };
}

afterEach(() => vi.unstubAllEnvs());

const overTcp = () => clientOf({ REDIS_URL: `redis://127.0.0.1:${inject("redis").port}` });
const overHttp = () => {
  const { url, token } = inject("redis");
  return clientOf({ UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token });
};

describe.each([
  ["TCP", overTcp],
  ["HTTP", overHttp],
])("[H62] over %s", (_, connect) => {
  test("the commands of the product answer alike", async () => {
    const { redis } = await connect();
    const [text, hash, list, set] = ["t", "h", "l", "s"].map((name) => `both:${name}:${randomUUID()}`) as [
      string,
      string,
      string,
      string,
    ];
    expect(await redis().ping()).toBe("PONG");
    expect(await redis().set(text, "1", { px: 60_000 })).toBe("OK");
    expect(await redis().set(text, "2", { px: 60_000, nx: true })).toBeNull();
    // A text that looks like a number or like JSON stays a text.
    expect(await redis().get(text)).toBe("1");
    expect(await redis().pttl(text)).toBeGreaterThan(0);
    expect(await redis().get("both:missing")).toBeNull();
    expect(await redis().hset(hash, { a: "1", b: "{}", c: "Ünïcode 😀" })).toBe(3);
    expect(await redis().hgetall(hash)).toEqual(["a", "1", "b", "{}", "c", "Ünïcode 😀"]);
    expect(await redis().hvals(hash)).toEqual(["1", "{}", "Ünïcode 😀"]);
    expect(await redis().rpush(list, "x", "y")).toBe(2);
    expect(await redis().lrange(list, 0, -1)).toEqual(["x", "y"]);
    expect(await redis().sadd(set, "x")).toBe(1);
    expect(await redis().sismember(set, "x")).toBe(1);
    expect(await redis().exists(text, hash, "both:missing")).toBe(2);
    expect(await redis().del(text, hash, list, set)).toBe(4);
    await expect(redis().lrange(text, 0, -1)).resolves.toEqual([]);
  });

  test("commands of one tick are answered each with its own", async () => {
    const { redis } = await connect();
    const names = Array.from({ length: 200 }, () => `both:many:${randomUUID()}`);
    await Promise.all(names.map((name, at) => redis().set(name, String(at), { px: 60_000 })));
    expect(await Promise.all(names.map((name) => redis().get(name)))).toEqual(names.map((_one, at) => String(at)));
  });

  test("a script runs that Redis did not know, and its answer is of texts, numbers and lists", async () => {
    const { defineScript } = await connect();
    const script = defineScript(`return { KEYS[1], ARGV[1], 7, { 'a', false }, '${randomUUID()}' }`, {
      isIdempotent: true,
    });
    for (let at = 0; at < 2; at += 1)
      expect(await script(["key"], ["argument"])).toEqual(["key", "argument", 7, ["a", null], expect.any(String)]);
  });

  test("a script that fails is not run again", async () => {
    const { defineScript, redis } = await connect();
    const counter = `both:count:${randomUUID()}`;
    const script = defineScript("redis.call('INCR', KEYS[1]) return redis.call('LPUSH', KEYS[1], 'x')", {
      isIdempotent: true,
    });
    await expect(script([counter], [])).rejects.toThrow(/WRONGTYPE/);
    expect(await redis().get(counter)).toBe("1");
  });
});

describe("[H63] over TCP", () => {
  let own: RunningRedisServer;
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "veet-tcp-"));
    own = await startRedisServer({ binary: await requireRedis(), directory, keeps: true });
  }, 60_000);
  afterAll(async () => {
    await own.stop();
    await rm(directory, { recursive: true, force: true });
  });

  test("a Redis that is away is `unavailable` right away, and answers again once it is back", async () => {
    const { defineScript, redis } = await clientOf({ REDIS_URL: `redis://127.0.0.1:${own.port}` });
    const count = defineScript("return redis.call('INCR', KEYS[1])", { isIdempotent: false });
    expect(await count(["count"], [])).toBe(1);
    await own.process.stop();
    await vi.waitFor(() => expect(count(["count"], [])).rejects.toMatchObject({ code: "unavailable" }));
    await own.startAgain();
    // Nothing was kept to be sent later: the counter has what was answered.
    await vi.waitFor(async () => expect(await redis().get("count")).toBe("1"), 10_000);
    expect(await count(["count"], [])).toBe(2);
  });
});

describe("[H63] a server that accepts and is silent", () => {
  let silent: Server;
  let received = "";
  beforeAll(async () => {
    silent = createServer((socket) => socket.on("data", (chunk) => (received += chunk.toString())));
    await new Promise<void>((resolve) => void silent.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => void silent.close());

  test("is `unavailable` after the limit", async () => {
    const { port } = silent.address() as AddressInfo;
    const { defineScript } = await clientOf({ REDIS_URL: `redis://127.0.0.1:${port}` });
    const script = defineScript("return 1", { isIdempotent: false });
    await expect(script([], [])).rejects.toMatchObject({ code: "unavailable" });
    // The connection asks for the server's state first; the command was not sent.
    expect(received).not.toMatch(/evalsha/i);
  }, 20_000);
});
