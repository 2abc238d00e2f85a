import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { stageOf } from "#infra/stage.ts";
import { authCookies } from "#lib/auth/auth-options.ts";
import { guestPassCookieName, newGuestPass, serialiseGuestPass } from "#lib/auth/guest-pass.ts";
import { LONGEST_SESSION_MS, SESSION_SECONDS } from "#lib/auth/session-token.ts";
import { LANGUAGE_COOKIE, LANGUAGE_COOKIE_SECONDS } from "#lib/languages.ts";
import { LIMITS, type Rule } from "#lib/http/rate-limits.ts";
import { TICKET_LIFETIME_MS } from "#lib/lobby/ticket.ts";
import { LUA_KEYS, TTL_MS, keys } from "#lib/redis/keys.ts";
import { LINK_LIFETIME_MS } from "#lib/rooms/room.ts";
import { OVER_TICKET_MS } from "#lib/seats/ticket-lua.ts";
import { PRIVACY_PAGE, durationMs, tableOf } from "./support/privacy-page.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const stated = tableOf("key");
const windows: readonly Rule[] = Object.values(LIMITS).flatMap(({ rules }): readonly Rule[] => rules);
const WINDOW_UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };
const windowMs = ({ within }: Rule) => Number.parseInt(within, 10) * (WINDOW_UNITS[within.split(" ")[1] ?? ""] ?? NaN);

/** The sources that a row can name for its lifetime. */
const SOURCES: Record<string, number> = {
  ...TTL_MS,
  link: LINK_LIFETIME_MS,
  ticket: TICKET_LIFETIME_MS,
  overTicket: OVER_TICKET_MS,
  // The limiter compares this window with the previous one.
  limit: 2 * Math.max(...windows.map(windowMs)),
};
const sourcesOf = (cells: string[]) => [...(cells.at(-1) ?? "").matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);

/** A key's form on the page: the code of a room, and `…` for any other variable part. */
function patternOf(key: unknown): string {
  if (typeof key === "string") return key === keys.limit ? `${key}:…` : key;
  const build = key as (...parts: string[]) => string;
  return build("…");
}
const { prefix: _prefix, aroundCode: _aroundCode, ofRoom: _ofRoom, ...named } = keys;
const roomPatterns = Object.values(LUA_KEYS).map((name) => `veet:{code}:${name}${name.endsWith(":") ? "…" : ""}`);

describe("[D142] the table of keys", () => {
  test("has a row for every key of lib/redis/keys.ts, and no other", () => {
    expect(stated.map(({ name }) => name).toSorted()).toEqual(
      [...roomPatterns, ...Object.values(named).map(patternOf)].toSorted(),
    );
  });

  test.each(stated)("states the lifetime of $name as in the code", ({ cells }) => {
    const [, atMost = ""] = cells;
    const names = sourcesOf(cells);
    expect(names).not.toEqual([]);
    expect(durationMs(atMost)).toBe(names.reduce((sum, name) => sum + (SOURCES[name] ?? NaN), 0));
  });

  test("fails for a key without a row", () => {
    const withOneMore = { ...named, faces: (account: string) => `veet:faces:${account}` };
    const missing = Object.values(withOneMore)
      .map(patternOf)
      .filter((pattern) => !stated.some(({ name }) => name === pattern));
    expect(missing).toEqual(["veet:faces:…"]);
  });
});

describe("[D143] the browser", () => {
  const cookies = tableOf("cookie");

  test("every cookie is named, with its prefix on a server", () => {
    const names = [...Object.values(authCookies()).map(({ name }) => name), guestPassCookieName(), LANGUAGE_COOKIE];
    expect(cookies.map(({ name }) => name).toSorted()).toEqual(names.map((name) => `__Host-${name}`).toSorted());
  });

  test("every lifetime is that of its cookie", () => {
    const atMost = (name: string) => cookies.find((row) => row.name === `__Host-${name}`)?.cells.at(-1) ?? "";
    const session = atMost("next-auth.session-token");
    expect(session).toBe(
      `${SESSION_SECONDS / 3_600} hours after the last use, ${LONGEST_SESSION_MS / 3_600_000} hours after signing in`,
    );
    const [, guestSeconds] = /Max-Age=(\d+)/.exec(serialiseGuestPass(newGuestPass(Date.now()))) ?? [];
    expect(durationMs(atMost("veet-guest"))).toBe(Number(guestSeconds) * 1_000);
    expect(durationMs(atMost(LANGUAGE_COOKIE))).toBe(LANGUAGE_COOKIE_SECONDS * 1_000);
    const { sessionToken: _, ...others } = authCookies();
    for (const { name, options } of Object.values(others)) {
      if (!("maxAge" in options)) expect(atMost(name)).toBe("until the browser closes");
      else expect(durationMs(atMost(name))).toBe(Number(options.maxAge) * 1_000);
    }
  });

  test("every entry in the browser's storage is named", () => {
    const sources = globSync("{components,lib,app}/**/*.{ts,tsx}", { cwd: ROOT }).filter(
      (path) => !path.includes(".test."),
    );
    // Its registry is in the memory of a server.
    const text = sources
      .filter((path) => path !== "lib/metrics.ts")
      .map((path) => readFileSync(`${ROOT}${path}`, "utf8"))
      .join("\n");
    const used = [...text.matchAll(/["`](veet\.[a-z]+)(?=["`.])/g)].map(([, name = ""]) => name);
    const rows = tableOf("storage").map(({ name }) => name.replace(".…", ""));
    expect(rows.toSorted()).toEqual([...new Set(used)].toSorted());
  });

  test("only these files use the browser's storage", () => {
    const users = globSync("{components,lib,app}/**/*.{ts,tsx}", { cwd: ROOT })
      .filter((path) => !path.includes(".test."))
      .filter((path) =>
        /\b(localStorage|sessionStorage|indexedDB)\b|document\.cookie/.test(readFileSync(`${ROOT}${path}`, "utf8")),
      );
    expect(users.toSorted()).toEqual(["components/texts/language-select.tsx", "lib/browser/storage.ts"]);
  });
});

test("[D143] logs on AWS are kept as long as the page says", () => {
  const [production, preview] = ["production", "preview"].map(
    (name) => stageOf(name, "meet.example.com", []).logRetentionDays,
  );
  const sentence = `${production} days in production, ${preview} days elsewhere`;
  const onAws = tableOf("log").filter(({ name }) => /CloudWatch|S3/.test(name));
  expect(onAws.length).toBeGreaterThan(4);
  expect(onAws.filter(({ cells }) => cells.at(-1) !== sentence)).toEqual([]);
  expect(PRIVACY_PAGE).toContain(`hold whole addresses** for ${production} days`);
});
