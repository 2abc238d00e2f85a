import { WebhookEvent } from "livekit-server-sdk";
import { expect, test, vi } from "vitest";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { viewMeeting } from "#lib/seats/presence-service.ts";
import { NOW } from "#lib/testing/places.ts";
import { permissionOf } from "#lib/tokens/grants.ts";
import { signLegs } from "#lib/tokens/token-service.ts";
import { sweepOnce } from "../../tests/support/gatekeeper.ts";
import { afterwards, insideOf, living, onTwoLegs, seenOn, standing, useConnections } from "../../tests/support/legs.ts";
import { useTwoSites } from "../../tests/support/two-sites.ts";
import { moveHome } from "./home-service.ts";
import { handleMediaEvent } from "./presence-service.ts";

const sites = useTwoSites({ near: "old-a", far: "new-a" });
const connect = useConnections(sites);

test("[G13] moving home gives rights on the new leg, and revokes them on the old one a moment later", async () => {
  const meeting = await onTwoLegs(sites);
  const ada = await meeting.seat({ personKey: "g_ada" });
  await connect(meeting, "g_ada");
  expect(await standing(sites, meeting, ada)).toEqual(["publishes 1:a", "watches 1:a"]);

  const { later, done } = afterwards();
  expect(await moveHome(await insideOf(meeting, "g_ada"), { leg: "b" }, later, NOW)).toEqual({ leg: "b" });
  await done();
  // The old tracks stay until the new ones are up; the sweep of the old site respects that.
  await vi.waitFor(async () => expect(await standing(sites, meeting, ada)).toEqual(["publishes 2:b", "publishes 2:b"]));
  const look = (nowMs: number) => sweepOnce(sites.near, [`${meeting.sessionId}.a`], nowMs);
  await look(NOW + 9_999);
  expect(await standing(sites, meeting, ada)).toEqual(["publishes 2:b", "publishes 2:b"]);
  await look(NOW + 10_000);
  await vi.waitFor(async () => expect(await standing(sites, meeting, ada)).toEqual(["watches 2:b", "publishes 2:b"]));

  expect(viewMeetingOf(await insideOf(meeting, "g_ada"))).toMatchObject({ legs: ["a", "b"], homeLeg: "b" });
});

function viewMeetingOf({ place, seat }: Awaited<ReturnType<typeof insideOf>>) {
  if (!place.session) throw new Error("Nothing runs");
  return viewMeeting(place, place.session, seat, NOW);
}

test("[G14] a lost home leg gives no more rights, and an old token restores none", async () => {
  const meeting = await onTwoLegs(sites);
  const ada = await meeting.seat({ personKey: "g_ada" });
  await connect(meeting, "g_ada");
  const { place, seat } = await insideOf(meeting, "g_ada");
  const old = await signLegs({ seat, sessionId: meeting.sessionId, role: "participant", locks: NO_LOCKS }, place.legs);
  expect(old.map(({ leg, home }) => [leg, home])).toEqual([
    ["a", true],
    ["b", false],
  ]);
  const { later, done } = afterwards();
  await moveHome({ place, seat }, { leg: "b", lost: "a" }, later, NOW);
  await done();
  await vi.waitFor(async () => expect(await standing(sites, meeting, ada)).toEqual(["watches 2:b", "publishes 2:b"]));
  // Its server answers us, so the browser's own network was at fault.
  expect(await living(meeting)).toEqual(["a old-a", "b new-a"]);

  const joined = WebhookEvent.fromJson({
    event: "participant_joined",
    id: crypto.randomUUID(),
    room: { name: `${meeting.sessionId}.a` },
    participant: { identity: ada, sid: "PA_old", joinedAtMs: String(NOW), permission: { canPublish: true } },
  });
  await sites.admin(sites.near).updateParticipant(`${meeting.sessionId}.a`, ada, {
    permission: permissionOf("participant", NO_LOCKS),
  });
  await handleMediaEvent({ event: joined, sites: [sites.near] }, NOW);
  await vi.waitFor(async () => expect(await standing(sites, meeting, ada)).toEqual(["watches 2:b", "publishes 2:b"]));
});

test("[G13] moving fails without a seat or to a closed leg, obeys the locks, and counts once when repeated", async () => {
  const meeting = await onTwoLegs(sites);
  const ada = await meeting.seat({ personKey: "g_ada" });
  const inside = await insideOf(meeting, "g_ada");
  const { later, done } = afterwards();
  const move = (leg: string) => moveHome(inside, { leg }, later, NOW);
  await expect(move("c")).rejects.toMatchObject({ code: "leg_gone" });
  await connect(meeting, "g_ada");
  await redis().hset(keys.ofRoom("room", meeting.code), { lockMicrophone: 1, lockCamera: 1, lockScreenShare: 1 });
  await Promise.all([move("b"), move("b")]);
  await done();
  expect((await seenOn(sites, meeting, { leg: "b", site: sites.far }, ada))?.permission?.canPublish).toBe(false);
  expect(await redis().hget(keys.ofRoom("seat", meeting.code, ada), "homeCount")).toBe("2");
  await redis().hset(keys.ofRoom("seat", meeting.code, ada), { status: "removed" });
  await expect(move("a")).rejects.toMatchObject({ code: "not_inside" });
});
