import { expect, test } from "vitest";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { prepareMedia } from "#lib/regions/media-room-service.ts";
import { markDrained } from "#lib/regions/site-repository.ts";
import { NOW, aPlace } from "#lib/testing/places.ts";
import { sweepOnce } from "../../tests/support/gatekeeper.ts";
import {
  afterwards,
  entrant,
  insideOf,
  living,
  onOneLeg,
  onTwoLegs,
  seenOn,
  standing,
  useConnections,
} from "../../tests/support/legs.ts";
import { useTwoSites } from "../../tests/support/two-sites.ts";
import { drainSite } from "./drain-service.ts";
import { moveHome } from "./home-service.ts";

const sites = useTwoSites({ near: "emptied-a", far: "spare-a" });
const connect = useConnections(sites);

test("[G9] draining moves all participants elsewhere, closes the leg, and leaves LiveKit's room and its connections alone", async () => {
  const meeting = await onOneLeg(sites);
  const ada = await meeting.seat({ personKey: "g_ada" });
  await connect(meeting, "g_ada");
  let nowMs = NOW;
  const legsWhileMoving: string[][] = [];
  const drained = await drainSite(sites.near, {
    clock: () => nowMs,
    // Simulates a browser that moves when asked.
    pause: async (ms) => {
      nowMs += ms;
      legsWhileMoving.push(await living(meeting));
      const { later, done } = afterwards();
      await moveHome(await insideOf(meeting, "g_ada"), { leg: "b" }, later, nowMs);
      await done();
    },
  });
  expect(drained.moved).toBeGreaterThanOrEqual(1);
  expect(legsWhileMoving).toEqual([["a emptied-a", "b spare-a"]]);
  expect(await living(meeting)).toEqual(["b spare-a"]);
  expect(await seenOn(sites, meeting, { leg: "a", site: sites.near }, ada)).toBeDefined();
  expect(await redis().hget(keys.ofRoom("seat", meeting.code, ada), "homeLeg")).toBe("b");

  const { open: opened } = await prepareMedia(aPlace({ session: undefined, legs: [] }), await entrant());
  expect(opened?.legs.map(({ site }) => site)).not.toContain(sites.near);
});

test("[G9] draining waits half a minute for a suspended tab, which keeps its connection", async () => {
  const meeting = await onTwoLegs(sites);
  const ada = await meeting.seat({ personKey: "g_ada", heldUntilMs: NOW + 90_000 });
  await connect(meeting, "g_ada");
  let nowMs = NOW;
  const pause = (ms: number) => Promise.resolve(void (nowMs += ms));
  const drained = await drainSite(sites.near, { clock: () => nowMs, pause });
  expect(drained.left).toBeGreaterThanOrEqual(1);
  expect(drained.stranded).toBe(0);
  expect(nowMs).toBe(NOW + 30_000);
  expect(await living(meeting)).toEqual(["b spare-a"]);
  // A closed leg stays usable until its participants have moved.
  await sweepOnce(sites.near, [`${meeting.sessionId}.a`], nowMs);
  expect((await standing(sites, meeting, ada))[0]).toBe("publishes 1:a");
});

test("[G9] [D121] a meeting without another site stays, and the drain reports it", async () => {
  const meeting = await onOneLeg(sites);
  await meeting.seat({});
  await markDrained(sites.far, true);
  const drained = await drainSite(sites.near, { clock: () => NOW, pause: () => Promise.resolve() });
  expect(drained.stranded).toBeGreaterThanOrEqual(1);
  expect(drained.left).toBe(drained.stranded);
  expect(await living(meeting)).toEqual(["a emptied-a"]);
});
