import { Redis } from "@upstash/redis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRedisRestBridge, type RestBridge } from "../redis-rest-bridge.ts";
import { embedRedis } from "./embedded-redis.ts";

let bridge: RestBridge;
let redis: Redis;
beforeAll(async () => {
  bridge = await startRedisRestBridge(embedRedis(), "token");
  redis = new Redis({ url: bridge.url, token: "token", retry: false, enableTelemetry: false });
});
afterAll(() => bridge.close());

test("a user without redis-server can try Veet: hashes, sorted sets, expiry and scripts work", async () => {
  await redis.hset("room", { name: "Standup" });
  expect(await redis.hgetall("room")).toEqual({ name: "Standup" });
  await redis.zadd("queue", { score: 1, member: "ada" });
  expect(await redis.zrange("queue", 0, -1)).toEqual(["ada"]);
  await redis.set("short", "lived", { px: 60_000 });
  expect(await redis.pttl("short")).toBeGreaterThan(0);
  expect(await redis.multi().incr("count").incr("count").exec()).toEqual([1, 2]);
});

test("a script runs by hash, which is loaded at its first use", async () => {
  const script = redis.createScript('return {redis.call("HGET", KEYS[1], "name"), ARGV[1]}');
  await redis.hset("scripted", { name: "Retro" });
  expect(await script.exec(["scripted"], ["x"])).toEqual(["Retro", "x"]);
  expect(await script.exec(["scripted"], ["y"])).toEqual(["Retro", "y"]);
});

test.each([
  ["an answer keeps its order and its depth", "return { 'b', 'a', { 1, 'c' }, 2.9 }", ["b", "a", [1, "c"], 2]],
  ["an answer ends at the first nil", "return { 1, nil, 3 }", [1]],
  ["a missing value is false", "return redis.call('HMGET', 'none', 'x', 'y')[2] == false and 'yes' or 'no'", "yes"],
  [
    "numbers are written as Redis writes them",
    "redis.call('SET', 'n', tonumber('1800000010000')) return redis.call('GET', 'n') .. '!'",
    "1800000010000!",
  ],
  [
    "JSON is read",
    `local v = cjson.decode('{"a": [1, "\\\\u00e9\\\\"", null, true], "b": {}}') return { v.a[1], v.a[2], #v.a }`,
    [1, 'é"', 4],
  ],
  [
    "JSON is written",
    `return cjson.encode({ 'a"', 1800000010000, true, { x = '\\n' } })`,
    '["a\\"",1800000010000,true,{"x":"\\u000a"}]',
  ],
])("in scripts %s", async (_, script, answer) => {
  const plain = new Redis({ url: bridge.url, token: "token", automaticDeserialization: false, enableTelemetry: false });
  expect(await plain.eval(script, [], [])).toEqual(answer);
});
