import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { AccessToken, TrackSource } from "livekit-server-sdk";
import { expect, inject, test, vi } from "vitest";
import { type Identity, newIdentity, newLobbyIdentity } from "#lib/ids.ts";
import { mayConnect } from "#lib/presence/admission-service.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import type { ServiceGrant } from "#lib/seats/seat.ts";
import { seatService } from "#lib/seats/service-seat-repository.ts";
import { lobbyGrant } from "#lib/tokens/grants.ts";
import { knockAt, portOf } from "../tests/support/gatekeeper.ts";
import { useGuardedLiveKit } from "../tests/support/guarded-livekit.ts";

const livekit = useGuardedLiveKit("local-a");

test("[K4] a user with a seat can join, and Redis is asked each time", async () => {
  const meeting = await livekit.meeting();
  const ada = await meeting.seat({});
  expect(await livekit.knock(await livekit.rtc(meeting, ada))).toBe(101);
  await vi.waitFor(async () => expect(await livekit.inside(meeting)).toEqual([ada]));
  await redis().hset(keys.ofRoom("seat", meeting.code, ada), { status: "removed" });
  expect(await livekit.knock(await livekit.rtc(meeting, ada))).toBe(403);
});

test("[K4] LiveKit's own reason for a failure reaches the browser", async () => {
  const meeting = await livekit.meeting();
  const ada = await meeting.seat({});
  const answer = await fetch(
    `http://127.0.0.1:${livekit.port()}/rtc/validate?access_token=${await livekit.tokenOf(meeting, ada)}`,
  );
  expect([answer.status, await answer.text()]).toEqual([200, "success"]);
});

test("[K4] a page can read that it was refused", async () => {
  const meeting = await livekit.meeting();
  const url = `http://127.0.0.1:${livekit.port()}/rtc/v1/validate?access_token=${await livekit.tokenOf(meeting, newIdentity())}`;
  const answer = await fetch(url, { headers: { origin: "http://localhost:3000" } });
  expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([403, "*"]);
});

test("[K4] a valid token alone opens nothing", async () => {
  const meeting = await livekit.meeting();
  const other = await livekit.meeting();
  const ada = await meeting.seat({});
  const eve = await meeting.seat({ personKey: "g_eve" });
  await redis().hset(keys.ofRoom("bans", meeting.code), { g_eve: "{}" });
  expect(await livekit.knock(await livekit.rtc(meeting, newIdentity()))).toBe(403);
  expect(await livekit.knock(await livekit.rtc(meeting, eve))).toBe(403);
  expect(await livekit.knock(await livekit.rtc(other, ada))).toBe(403);
  expect(await livekit.knock(`/rtc?access_token=${await livekit.tokenOf(meeting, ada, { ttl: 6 * 3600 })}`)).toBe(401);
  expect(await livekit.knock("/rtc?access_token=x")).toBe(401);
  expect(await livekit.knock(`${await livekit.rtc(meeting, ada)}&publish=x`)).toBe(403);
  expect(await livekit.knock(`/whip/v1?access_token=${await livekit.tokenOf(meeting, ada)}`)).toBe(404);
  expect(await livekit.inside(meeting)).toEqual([]);
});

test("[K4] a waiting guest can enter the lobby only, and no one else can", async () => {
  const meeting = await livekit.meeting();
  const room = `lobby.${meeting.sessionId}`;
  await livekit.rooms().createRoom({ name: room });
  const waiting = newLobbyIdentity();
  await redis().hset(keys.ofRoom("lobby", meeting.code), { [waiting]: "t_1" });
  const tokenFor = (identity: string) => {
    const token = new AccessToken(livekit.key.apiKey, livekit.key.apiSecret, { identity, ttl: 60 });
    token.addGrant(lobbyGrant(room));
    return token.toJwt();
  };
  await redis().hset(keys.ofRoom("ticket", meeting.code, "t_1"), { status: "waiting" });
  expect(await livekit.knock(`/rtc?access_token=${await tokenFor(waiting)}`)).toBe(101);
  expect(await livekit.knock(`/rtc?access_token=${await tokenFor(newLobbyIdentity())}`)).toBe(403);
  expect(await livekit.knock(await livekit.rtc(meeting, waiting))).toBe(403);
  await redis().hset(keys.ofRoom("ticket", meeting.code, "t_1"), { status: "cancelled" });
  expect(await livekit.knock(`/rtc?access_token=${await tokenFor(waiting)}`)).toBe(403);
});

test("[K5] without LiveKit the gatekeeper answers 503 and stays up", async () => {
  const dead = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => dead.once("listening", resolve));
  const target = `http://127.0.0.1:${(dead.address() as AddressInfo).port}`;
  dead.close();
  const other = await livekit.anotherDoor({ target });
  const meeting = await livekit.meeting();
  const path = await livekit.rtc(meeting, await meeting.seat({}));
  for (let round = 0; round < 2; round += 1) expect(await livekit.knock(path, portOf(other))).toBe(503);
});

test("[K14] a removal in the moment of joining leaves no one in the meeting, though LiveKit did not know the participant yet", async () => {
  const meeting = await livekit.meeting();
  const room = `${meeting.sessionId}.a`;
  let asked = 0;
  /**
   * Redis says yes, and before that answer is used a host removes them: in Redis first, then at LiveKit, which does not list
   * them yet.
   */
  const removedMeanwhile = async (askedRoom: string, identity: string) => {
    const isAllowed = await mayConnect(askedRoom, identity, false);
    asked += 1;
    if (asked > 1) return isAllowed;
    await redis().hset(keys.ofRoom("seat", meeting.code, identity), { status: "removed" });
    await expect(livekit.rooms().removeParticipant(room, identity)).rejects.toThrow(/not exist|not found/i);
    return isAllowed;
  };
  const racing = await livekit.anotherDoor({ mayConnect: removedMeanwhile });
  const { status, socket } = await knockAt(portOf(racing), await livekit.rtc(meeting, await meeting.seat({})));
  if (!socket) throw new Error(`refused with ${status}`);
  await once(socket.resume(), "close");
  await vi.waitFor(async () => expect(await livekit.inside(meeting)).toEqual([]));
  expect(asked).toBe(2);
});

test("[K6] the sweep evicts duplicate identities, strangers and removed participants who got past the gatekeeper, and no one else", async () => {
  const meeting = await livekit.meeting();
  const ada = await meeting.seat({});
  const eve: Identity = await meeting.seat({});
  for (const path of [
    await livekit.rtc(meeting, ada),
    `${await livekit.rtc(meeting, ada)}&publish=x`,
    await livekit.rtc(meeting, newIdentity()),
    await livekit.rtc(meeting, eve),
  ]) {
    expect(await livekit.knock(path, livekit.signalPort())).toBe(101);
  }
  await vi.waitFor(async () => expect(await livekit.inside(meeting)).toHaveLength(4));
  await redis().hset(keys.ofRoom("seat", meeting.code, eve), { status: "removed" });
  await livekit.sweepOf(meeting).run(Date.now());
  await vi.waitFor(async () => expect(await livekit.inside(meeting)).toEqual([ada]));
});

test("[K7] a join costs two requests to Redis, the first of a session one more", async () => {
  const meeting = await livekit.meeting();
  const [ada, bea] = [await meeting.seat({}), await meeting.seat({})];
  const [first, path] = [await livekit.rtc(meeting, ada), await livekit.rtc(meeting, bea)];
  const fetched = vi.spyOn(globalThis, "fetch");
  const asked = () => fetched.mock.calls.filter(([url]) => String(url).startsWith(inject("redis").url)).length;
  expect(await livekit.knock(first)).toBe(101);
  await vi.waitFor(() => expect(asked()).toBe(3));
  expect(await livekit.knock(path)).toBe(101);
  await vi.waitFor(() => expect(asked()).toBe(5));
  fetched.mockRestore();
});

test("[K16] the sweep evicts a participant who hides in a meeting, seat or not", async () => {
  const meeting = await livekit.meeting();
  const [ada, eve] = [await meeting.seat({}), await meeting.seat({})];
  const hidden = await livekit.tokenOf(meeting, eve, { grant: { hidden: true } });
  expect(await livekit.knock(await livekit.rtc(meeting, ada), livekit.signalPort())).toBe(101);
  expect(await livekit.knock(`/rtc?access_token=${hidden}`, livekit.signalPort())).toBe(101);
  await vi.waitFor(async () => expect(await livekit.inside(meeting)).toHaveLength(2));
  await livekit.sweepOf(meeting).run(Date.now());
  await vi.waitFor(async () => expect(await livekit.inside(meeting)).toEqual([ada]));
});

test("[R42] [R43] services join through the gatekeeper, hidden as their grant says, and the sweep leaves them alone", async () => {
  const meeting = await livekit.meeting();
  const { code, sessionId } = meeting;
  const seated = async (grant: ServiceGrant) =>
    (await seatService(code, sessionId, { name: "A service", grant }, Date.now())).seat.identity;
  const recorder = await seated({ isHidden: true, sources: [] });
  const caller = await seated({ isHidden: false, sources: ["microphone"] });
  const watching = { hidden: true, canPublish: false, canPublishSources: undefined };
  const microphone = { canPublishSources: [TrackSource.MICROPHONE] };
  const rtc = async (identity: Identity, grant: object) =>
    `/rtc?access_token=${await livekit.tokenOf(meeting, identity, { grant })}&protocol=16`;
  expect(await livekit.knock(await rtc(recorder, watching))).toBe(101);
  expect(await livekit.knock(await rtc(caller, microphone))).toBe(101);
  // Neither can be what its grant does not say.
  expect(await livekit.knock(await rtc(caller, watching))).toBe(403);
  expect(await livekit.knock(await rtc(recorder, microphone))).toBe(403);
  await vi.waitFor(async () => expect(await livekit.inside(meeting)).toHaveLength(2));
  await livekit.sweepOf(meeting).run(Date.now());
  expect(await livekit.inside(meeting)).toEqual([recorder, caller].toSorted());
  await redis().hset(keys.ofRoom("seat", code, recorder), { status: "removed" });
  await livekit.sweepOf(meeting).run(Date.now());
  await vi.waitFor(async () => expect(await livekit.inside(meeting)).toEqual([caller]));
});
