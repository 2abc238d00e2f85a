import { expect, test } from "vitest";
import { AccessToken, type VideoGrant } from "livekit-server-sdk";
import { readAsk } from "./ask.ts";
import { Memory } from "./memory.ts";
import { readToken } from "./token.ts";

const KEY = { apiKey: "unit", apiSecret: "s".repeat(40) };
const NOW = 1_800_000_000_000;

test.each([
  { url: "/rtc?access_token=t", upgrade: true, path: "/rtc?access_token=t" },
  { url: "/rtc/v1?access_token=t&join_request=x", upgrade: true, path: "/rtc/v1?access_token=t&join_request=x" },
  { url: "/rtc/validate?access_token=t", upgrade: false, path: "/rtc/validate?access_token=t" },
  { url: "/rtc/v1/validate?access_token=t", upgrade: false, path: "/rtc/v1/validate?access_token=t" },
])("[K1] $url is forwarded", ({ url, upgrade, path }) => {
  expect(readAsk({ method: "GET", url }, upgrade)).toEqual({ kind: "ask", path, token: "t" });
});

test.each([
  { url: "/", status: 404 },
  { url: "/whip/v1?access_token=t", status: 404 },
  { url: "/twirp/livekit.RoomService/ListRooms", status: 404 },
  { url: "/rtc/v2?access_token=t", status: 404 },
  { url: "/rtc/validate?access_token=t", upgrade: true, status: 404 },
  { url: "/rtc/../twirp/x?access_token=t", status: 404 },
  { url: "//rtc?access_token=t", status: 404 },
  { url: "/%72tc?access_token=t", status: 404 },
  { url: "/RTC?access_token=t", status: 404 },
  { url: "http://elsewhere/rtc?access_token=t", status: 404 },
  { url: "/rtc?access_token=t", method: "POST", status: 404 },
  { url: "/rtc?access_token=t&publish=x", status: 403 },
  { url: "/rtc?access_token=t&publish=", status: 403 },
  { url: "/rtc?access_token=t&%70ublish=x", status: 403 },
  { url: "/rtc?access_token=t&attributes=e30", status: 403 },
  { url: "/rtc?access_token=t&access_token=u", status: 400 },
  { url: "/rtc?access_token=t", authorization: "Bearer u", status: 400 },
  { url: "/rtc", status: 401 },
  { url: "/rtc?access_token=", status: 401 },
])("[K2] $method $url is refused with $status", ({ url, status, upgrade = false, method = "GET", authorization }) => {
  expect(readAsk({ method, url, authorization }, upgrade)).toEqual({ kind: "refused", status });
});

type Minting = { secret?: string; ttl?: number; grant?: VideoGrant };
function mint({ secret = KEY.apiSecret, ttl = 60, grant }: Minting = {}) {
  const token = new AccessToken(KEY.apiKey, secret, { identity: "p_1", ttl });
  token.addGrant({ roomJoin: true, room: "r", ...grant });
  return token.toJwt();
}
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("[K3] a token of ours names somebody and a room", async () => {
  expect(await readToken(KEY, await mint())).toEqual({ identity: "p_1", room: "r" });
  // LiveKit's refreshed ones are good for ten minutes.
  expect(await readToken(KEY, await mint({ ttl: 600 }))).toEqual({ identity: "p_1", room: "r" });
});

test.each([
  { what: "of another secret", token: () => mint({ secret: "x".repeat(40) }) },
  { what: "that ran out", token: () => mint({ ttl: -3600 }) },
  { what: "good for hours", token: () => mint({ ttl: 6 * 3600 }) },
  { what: "of an administrator", token: () => mint({ grant: { roomAdmin: true } }) },
  { what: "of a recorder", token: () => mint({ grant: { recorder: true } }) },
  { what: "that joins no room", token: () => mint({ grant: { roomJoin: false } }) },
  { what: "that is none", token: () => "a.b.c" },
  {
    what: "without a signature",
    token: () => `${encode({ alg: "none" })}.${encode({ iss: "unit", sub: "p_1", exp: NOW, nbf: 0 })}.`,
  },
])("[K3] a token $what is refused", async ({ token }) => {
  expect(await readToken(KEY, await token())).toBeUndefined();
});

test("[K5] who was confirmed within the last minute is remembered, who was refused since is not", () => {
  const memory = new Memory();
  memory.confirm("r", "p_1", NOW);
  expect(memory.isFresh("r", "p_1", NOW + 60_000)).toBe(true);
  expect(memory.isFresh("r", "p_1", NOW + 60_001)).toBe(false);
  expect(memory.isFresh("other", "p_1", NOW)).toBe(false);
  memory.forget("r", "p_1");
  expect(memory.isFresh("r", "p_1", NOW)).toBe(false);
});
