import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RoomCode } from "#lib/ids.ts";
import { KEYS_LUA, LUA_KEYS, SESSION_KEYS, keys } from "./keys.ts";
import { defineScript } from "./script.ts";

const CODE = "abc-defg-hij" as RoomCode;
const ROOT = join(import.meta.dirname, "..", "..");
const sources = globSync("{lib,gatekeeper,app,scripts,tests/model}/**/*.ts", { cwd: ROOT })
  .filter((file) => !file.endsWith(".test.ts") && file !== "lib/redis/keys.ts")
  .map((file) => ({ file, text: readFileSync(join(ROOT, file), "utf8") }));

const names = Object.values(LUA_KEYS).join("|");
/** What builds a key from a text of its own. */
const BUILT_ELSEWHERE = [
  /["'`]veet:/,
  new RegExp(`\\.\\.\\s*['"](${names})['"]`),
  /['"](seat|person|ticket):['"]/,
  new RegExp(`\\b(belongs|keep)\\([^)]*['"](${names})['"]`),
  new RegExp(`ipairs\\(\\{\\s*['"](${names})['"]`),
];
const builtElsewhere = (text: string) => BUILT_ELSEWHERE.some((pattern) => pattern.test(text));

test("[H59] no key is built outside of the table of keys, in TypeScript or in Lua", () => {
  expect(sources.filter(({ text }) => builtElsewhere(text)).map(({ file }) => file)).toEqual([]);
});

test.each([
  "const key = `veet:session:${id}`;",
  "redis.call('HGET', prefix .. 'session', 'sessionId')",
  "redis.call('HGET', KEYS[1] .. 'seat:' .. identity, 'status')",
  "belongs(prefix, 'chat', ARGV[5])",
  "for _, name in ipairs({'tickets', 'lobby'}) do",
])("[H59] the check finds %s", (text) => {
  expect(builtElsewhere(text)).toBe(true);
});

test("[H59] the server uses each key of a room", () => {
  const lua = sources.filter(({ file }) => file.startsWith("lib/")).map(({ text }) => text).join("\n"); // prettier-ignore
  const unused = Object.keys(LUA_KEYS).filter((key) => !new RegExp(`\\bK\\.${key}\\b|ofRoom\\("${key}"`).test(lua));
  expect(unused).toEqual([]);
});

test("[H59] a script that names a key outside of the table does not start", () => {
  expect(() => defineScript("return redis.call('GET', KEYS[1] .. K.reactions)", { isIdempotent: true })).toThrow(
    "K.reactions is not in lib/redis/keys.ts",
  );
});

test("[H59] TypeScript and Lua use the same names", () => {
  expect(keys.ofRoom("bannedAddresses", CODE)).toBe("veet:{abc-defg-hij}:banned-addresses");
  expect(keys.ofRoom("seat", CODE, "p_1")).toBe("veet:{abc-defg-hij}:seat:p_1");
  expect(keys.aroundCode).toEqual(["veet:{", "}:"]);
  expect(KEYS_LUA).toContain("bannedAddresses = 'banned-addresses'");
  expect(KEYS_LUA).toContain("seat = 'seat:'");
});

test("[H60] the list of a session's keys is the one of the table", () => {
  expect(SESSION_KEYS).toEqual([
    "session",
    "legs",
    "roles",
    "seats",
    "identities",
    "hosts",
    "expelled",
    "removed-addresses",
    "denials",
    "chat",
    "log",
  ]);
});
