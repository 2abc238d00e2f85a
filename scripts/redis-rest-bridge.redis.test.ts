import { Redis } from "@upstash/redis";
import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";

const { url, token } = inject("redis");
const redis = new Redis({ url, token, retry: false, enableTelemetry: false, automaticDeserialization: false });
// Like the app's client: converts replies to objects.
const deserializing = new Redis({ url, token, retry: false, enableTelemetry: false });
const aKey = () => `bridge:${randomUUID()}`;

test("strings survive both ways, whatever is in them", async () => {
  const key = aKey();
  const text = 'Zoë ✋🏽 \u0000 "quoted" \n OK';
  expect(await redis.set(key, text, { px: 60_000 })).toBe("OK");
  expect(await redis.get(key)).toBe(text);
});

test("plain encoding gives the same results as base64 encoding", async () => {
  const plain = new Redis({ url, token, responseEncoding: false, automaticDeserialization: false });
  const key = aKey();
  await plain.set(key, "zażółć");
  expect(await plain.get(key)).toBe("zażółć");
  expect(await redis.get(key)).toBe("zażółć");
});

test("a missing key is null, a number stays a number", async () => {
  expect(await redis.get(aKey())).toBeNull();
  expect(await redis.incrby(aKey(), 7)).toBe(7);
});

test("HGETALL comes back as the flat list the client builds its object from", async () => {
  const key = aKey();
  await redis.hset(key, { status: "waiting", name: "Ada" });
  expect(await deserializing.hgetall(key)).toEqual({ status: "waiting", name: "Ada" });
  const raw = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(["HGETALL", key]),
  });
  expect(await raw.json()).toEqual({ result: ["status", "waiting", "name", "Ada"] });
});

test("sorted sets keep order and scores", async () => {
  const key = aKey();
  await redis.zadd(key, { score: 2, member: "b" }, { score: 1, member: "a" });
  expect(await redis.zrange(key, 0, -1, { withScores: true })).toEqual(["a", "1", "b", "2"]);
});

test("a pipeline answers every command, with the failed one's error in its place", async () => {
  const key = aKey();
  const answers = await redis.pipeline().set(key, "text").incr(key).get(key).exec({ keepErrors: true });
  expect(answers.map((answer) => answer.result ?? answer.error)).toEqual([
    "OK",
    expect.stringContaining("ERR"),
    "text",
  ]);
});

test("a transaction is atomic", async () => {
  const key = aKey();
  const answers = await deserializing.multi().hset(key, { a: "b" }).hgetall(key).pexpire(key, 60_000).exec();
  expect(answers).toEqual([1, { a: "b" }, 1]);
});

test("scripts run by text and by hash, and an unknown hash is loaded automatically", async () => {
  const key = aKey();
  const source = `return {redis.call("INCR", KEYS[1]), ARGV[1], "${randomUUID()}"}`;
  expect(await redis.eval(source, [key], ["x"])).toEqual([1, "x", expect.any(String)]);
  const script = redis.createScript(`${source} -- by hash`);
  expect(await script.exec([key], ["y"])).toEqual([2, "y", expect.any(String)]);
  expect(await script.exec([key], ["z"])).toEqual([3, "z", expect.any(String)]);
  const hash = await redis.scriptLoad("return 1");
  expect(await redis.evalsha(hash, [], [])).toBe(1);
});

test("Redis's error messages reach the caller unchanged", async () => {
  const key = aKey();
  await redis.set(key, "text");
  await expect(redis.lpush(key, "x")).rejects.toThrow("WRONGTYPE");
});

test("two concurrent callers are both served, each change counted once", async () => {
  const key = aKey();
  await Promise.all(Array.from({ length: 50 }, () => redis.incr(key)));
  expect(await redis.get(key)).toBe("50");
});

test.each([
  ["no token", {}],
  ["a wrong token", { authorization: "Bearer nonsense" }],
])("%s is refused before it reaches Redis", async (_, headers) => {
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(["PING"]) });
  expect(response.status).toBe(401);
});

test.each(["not json", "{}", "[]", '"PING"'])("%s is answered with an error, not a crash", async (body) => {
  const response = await fetch(url, { method: "POST", headers: { authorization: `Bearer ${token}` }, body });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: expect.any(String) });
});

test("[H30] the bridge keeps an idle connection longer than its client", async () => {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(["PING"]) });
  expect(response.headers.get("keep-alive")).toBe("timeout=150");
});
