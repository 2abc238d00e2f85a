import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { duringRequest } from "#lib/current-request.ts";
import { env } from "#lib/env.ts";
import { LobbyIdentity, SessionId, newRequestId } from "#lib/ids.ts";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { aSeat } from "#lib/testing/places.ts";
import type { ServiceGrant } from "#lib/seats/seat.ts";
import { signLegs, signLobby } from "./token-service.ts";

type Claims = { exp?: number; sub?: string; name?: string; attributes?: Record<string, string>; video?: unknown };
const decodeJwt = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Claims;

const sessionId = SessionId.parse("s".repeat(20));
const site = env().MEDIA_SITES[0]?.site ?? "";
const legs = [{ leg: "a", site, room: `${sessionId}.a`, state: "live" as const }];

let lines: string[];
beforeEach(() => {
  lines = [];
  vi.spyOn(console, "info").mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => vi.restoreAllMocks());

test("[T6] a token is for one identity on one leg, for a minute, and grants no administrator rights", async () => {
  const seat = aSeat({ name: "Ada" });
  const [access] = await signLegs({ seat, sessionId, role: "host", locks: NO_LOCKS }, legs);
  const claims = decodeJwt(access?.token ?? "");

  expect(access).toMatchObject({ leg: "a", site, home: true });
  expect((claims.exp ?? 0) - Math.floor(Date.now() / 1000)).toBeLessThanOrEqual(60);
  expect(claims).toMatchObject({
    sub: seat.identity,
    name: "Ada",
    attributes: { role: "host", hand: "", home: "1:a" },
  });
  expect(Object.keys(claims.video as object).toSorted()).toEqual([
    "canPublish",
    "canPublishData",
    "canPublishSources",
    "canSubscribe",
    "canUpdateOwnMetadata",
    "hidden",
    "room",
    "roomJoin",
  ]);
  expect((claims.video as { canPublishSources: string[] }).canPublishSources).toEqual([
    "microphone",
    "camera",
    "screen_share",
    "screen_share_audio",
  ]);
});

test("[T7] nothing in a token reveals how the server identifies the user", async () => {
  const seat = aSeat({ personKey: "a_secret-account-secret" });
  const [access] = await signLegs({ seat, sessionId, role: "participant", locks: NO_LOCKS }, legs);
  expect(JSON.stringify(decodeJwt(access?.token ?? ""))).not.toContain("a_secret");
});

test("[O2] the log says which request issued a participant's tokens; the tokens, parts of which others see, do not", async () => {
  const seat = aSeat({ name: "Ada" });
  const requestId = newRequestId();
  const given = await duringRequest(requestId, () =>
    signLegs({ seat, sessionId, role: "participant", locks: NO_LOCKS }, legs),
  );
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { event: "entry.legs-given", requestId, session: sessionId, identity: seat.identity, legs: "a" },
  ]);
  expect(lines.join()).not.toMatch(/Ada|eyJ/);
  expect(JSON.stringify(given.map(({ token }) => decodeJwt(token)))).not.toContain(requestId);
});

test("[T8] a leg on a site that is no longer configured is not handed out", async () => {
  const gone = [{ leg: "b", site: "gone", room: `${sessionId}.b`, state: "live" as const }];
  const admitted = { seat: aSeat({}), sessionId, role: "participant" as const, locks: NO_LOCKS };
  await expect(signLegs(admitted, gone)).rejects.toMatchObject({ code: "media_unavailable" });
});

test("[T4] when the home leg is closed no other leg gives the right to publish", async () => {
  const seat = aSeat({ homeLeg: "z" });
  const [access] = await signLegs({ seat, sessionId, role: "host", locks: NO_LOCKS }, legs);
  expect(access?.home).toBe(true);
  expect(decodeJwt(access?.token ?? "").video).toMatchObject({ canPublish: false, canSubscribe: true });
});

test("[T9] a lobby token holds no name", async () => {
  const lobby = await signLobby({ site, room: `lobby.${sessionId}` }, LobbyIdentity.parse(`w_${"0".repeat(20)}`));
  expect(decodeJwt(lobby?.token ?? "").name).toBeUndefined();
});

test("[R42] [R43] a service subscribes on every leg, publishes on its home leg what its grant names, and is hidden where it says so", async () => {
  const seat = aSeat({ kind: "service", homeLeg: "b" });
  const both = [...legs, { leg: "b", site, room: `${sessionId}.b`, state: "live" as const }];
  const claimsFor = async (grant: ServiceGrant) => {
    const signed = await signLegs({ seat, sessionId, role: "participant", locks: NO_LOCKS, grant }, both);
    return signed.map(({ token }) => decodeJwt(token));
  };
  const [away, home] = await claimsFor({ isHidden: false, sources: ["microphone"] });
  expect(away?.video).toMatchObject({ canSubscribe: true, canPublish: false, hidden: false });
  expect(home?.video).toMatchObject({ canSubscribe: true, canPublishSources: ["microphone"], hidden: false });
  expect(home?.attributes).toMatchObject({ kind: "service" });
  for (const { video } of await claimsFor({ isHidden: true, sources: [] }))
    expect(video).toMatchObject({ canSubscribe: true, canPublish: false, hidden: true });
});
