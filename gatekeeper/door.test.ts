import { createHmac } from "node:crypto";
import { AccessToken, TrackSource, type VideoGrant } from "livekit-server-sdk";
import { expect, test, vi } from "vitest";
import { CLOCKS_APART_MS } from "#lib/clock.ts";
import { newSessionId } from "#lib/ids.ts";
import { WATCHING, lobbyGrant, meetingGrant } from "#lib/tokens/grants.ts";
import { knockAt, openDoor, portOf } from "../tests/support/gatekeeper.ts";
import { readAsk } from "./ask.ts";
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

const ROOM = `${newSessionId()}.a`;
type Minting = { secret?: string; ttl?: number; grant?: Partial<VideoGrant>; claims?: Record<string, unknown> };
function mint({ secret = KEY.apiSecret, ttl = 60, grant, claims = {} }: Minting = {}) {
  const token = new AccessToken(KEY.apiKey, secret, { identity: "p_1", ttl });
  token.addGrant({ ...meetingGrant(ROOM, WATCHING), ...grant });
  Object.assign(token, claims);
  return token.toJwt();
}
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
/** A signed token with exactly these claims. */
function signed(claims: object): string {
  const text = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${text}.${createHmac("sha256", KEY.apiSecret).update(text).digest("base64url")}`;
}
const claimsAt = (seconds: number, more: object = {}) => {
  const nbf = Math.floor(Date.now() / 1_000) + seconds;
  return { iss: KEY.apiKey, sub: "p_1", nbf, exp: nbf + 60, video: meetingGrant(ROOM, WATCHING), ...more };
};
const bearerOf = async (token: string | Promise<string>) => (await readToken(KEY, await token)).bearer;

test("[K3] one of our tokens gives an identity and a room", async () => {
  const bearer = { identity: "p_1", room: ROOM, kind: "meeting", isHidden: false };
  expect(await bearerOf(mint())).toEqual(bearer);
  // LiveKit's refreshed tokens are valid for ten minutes.
  expect(await bearerOf(mint({ ttl: 600 }))).toEqual(bearer);
});

test.each([
  { what: "with another secret", token: () => mint({ secret: "x".repeat(40) }) },
  { what: "that has expired", token: () => mint({ ttl: -3600 }) },
  { what: "valid for hours", token: () => mint({ ttl: 6 * 3600 }) },
  { what: "of an administrator", token: () => mint({ grant: { roomAdmin: true } }) },
  { what: "of a recorder", token: () => mint({ grant: { recorder: true } }) },
  { what: "that joins no room", token: () => mint({ grant: { roomJoin: false } }) },
  { what: "for a room that is not ours", token: () => mint({ grant: { room: "elsewhere" } }) },
  { what: "that is not one", token: () => "a.b.c" },
  {
    what: "without a signature",
    token: () => `${encode({ alg: "none" })}.${encode({ iss: "unit", sub: "p_1", exp: NOW, nbf: 0 })}.`,
  },
])("[K3] a token $what is refused", async ({ token }) => {
  expect(await bearerOf(token())).toBeUndefined();
});

test.each([
  {
    what: "that hides a publisher in a meeting",
    token: () => mint({ grant: { hidden: true, canPublish: true, canPublishSources: [TrackSource.CAMERA] } }),
  },
  { what: "whose bearer may change their own name", token: () => mint({ grant: { canUpdateOwnMetadata: true } }) },
  { what: "whose bearer may send data", token: () => mint({ grant: { canPublishData: true } }) },
  { what: "of a waiting guest, for a meeting", token: () => mint({ grant: lobbyGrant(ROOM) }) },
  { what: "of a participant, for a lobby", token: () => mint({ grant: { room: `lobby.${newSessionId()}` } }) },
  { what: "with metadata", token: () => signed(claimsAt(0, { metadata: "x" })) },
  { what: "of an agent", token: () => signed(claimsAt(0, { kind: "agent" })) },
  { what: "with an unknown right", token: () => signed(claimsAt(0, { observability: { write: true } })) },
])("[K16] a token $what is refused, though the signature is ours", async ({ token }) => {
  expect(await bearerOf(token())).toBeUndefined();
});

test("[R43] a token that hides its bearer opens nothing unless Redis knows a service that its grant hides", async () => {
  const asked: unknown[] = [];
  const mayConnect = (room: string, identity: string, isHidden: boolean) =>
    Promise.resolve(asked.push([room, identity, isHidden]) < 0);
  const door = await openDoor({ target: "http://127.0.0.1:9", key: KEY, mayConnect });
  const token = await mint({ grant: { hidden: true } });
  expect((await knockAt(portOf(door), `/rtc?access_token=${token}`)).status).toBe(403);
  expect(asked).toEqual([[ROOM, "p_1", true]]);
  door.close();
});

test("[K16] a waiting guest's token and one refreshed by LiveKit are accepted", async () => {
  const room = `lobby.${newSessionId()}`;
  expect(await bearerOf(mint({ grant: lobbyGrant(room) }))).toMatchObject({
    identity: "p_1",
    kind: "lobby",
    isHidden: false,
  });
  const refreshed = { iat: 1, identity: "p_1", name: "Ada", kind: "standard", attributes: { role: "host" } };
  expect(await bearerOf(signed(claimsAt(0, refreshed)))).toMatchObject({ identity: "p_1" });
});

test.each([
  { seconds: 45, isRead: true, isApart: true },
  { seconds: 12, isRead: true, isApart: false },
  { seconds: 0, isRead: true, isApart: false },
  // Signed by a clock that is behind and used right away: it has expired, within our tolerance.
  { seconds: -45, isRead: true, isApart: false },
  { seconds: -115, isRead: true, isApart: false },
  { seconds: -125, isRead: false, isApart: false },
  { seconds: 90, isRead: false, isApart: true },
])("[K17] a token whose signer's clock is $seconds s off is read: $isRead", async ({ seconds, isRead, isApart }) => {
  const { bearer, aheadMs } = await readToken(KEY, signed(claimsAt(seconds)));
  expect([bearer !== undefined, aheadMs > CLOCKS_APART_MS]).toEqual([isRead, isApart]);
});

test("[K17] a stranger's token from the future proves nothing about clocks", async () => {
  const { aheadMs } = await readToken({ ...KEY, apiSecret: "x".repeat(40) }, signed(claimsAt(90)));
  expect(aheadMs).toBe(0);
});

test("[K17] the operator is notified of a large clock difference at each join", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const door = await openDoor({ target: "http://127.0.0.1:9", key: KEY });
  for (const seconds of [20, 45, 90]) {
    await fetch(`http://127.0.0.1:${portOf(door)}/rtc/validate?access_token=${signed(claimsAt(seconds))}`);
  }
  const lines = logged.mock.calls.map(([line]) => JSON.parse(String(line)));
  expect(lines.map(({ event, of }) => [event, of])).toEqual([
    ["gatekeeper.clocks-apart", "app"],
    ["gatekeeper.clocks-apart", "app"],
  ]);
  logged.mockRestore();
  door.closeAllConnections();
  door.close();
});

test("[H30] the gatekeeper keeps a quiet connection longer than the load balancer in front of it", async () => {
  const door = await openDoor({ target: "http://127.0.0.1:9", key: KEY });
  const answer = await fetch(`http://127.0.0.1:${portOf(door)}/`);
  expect([answer.status, answer.headers.get("keep-alive")]).toEqual([404, "timeout=150"]);
  door.closeAllConnections();
  door.close();
});
