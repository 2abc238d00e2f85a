import { describe, expect, test } from "vitest";
import {
  type Health,
  type NodeNote,
  type SiteLook,
  type Trouble,
  LOOK_IS_OLD_MS,
  NOTE_IS_OLD_MS,
  judgeRegion,
  judgeSite,
} from "./health.ts";

const NOW = 1_800_000_000_000;
const well: SiteLook = {
  atMs: NOW,
  server: "ready",
  isListed: true,
  tookMs: 20,
  rooms: 3,
  participants: 9,
  publishers: 4,
};
const node = (change: Partial<NodeNote> = {}): NodeNote => ({
  node: "n",
  atMs: NOW,
  load: 0.2,
  isUp: true,
  clockMs: 0,
  ...change,
});

describe("[O3] the last check of a site and its nodes' reports decide its health", () => {
  test.each<[string, Partial<SiteLook> | undefined, NodeNote[], Health, Trouble | undefined, boolean]>([
    ["all is well", {}, [node()], "well", undefined, true],
    ["no check yet", undefined, [node()], "unknown", "old", false],
    ["the check is still recent", { atMs: NOW - LOOK_IS_OLD_MS }, [node()], "well", undefined, true],
    ["the check is old", { atMs: NOW - LOOK_IS_OLD_MS - 1 }, [node()], "unknown", "old", false],
    ["nothing answers", { server: "silent", isListed: false }, [node()], "down", "silent", false],
    ["LiveKit lost its Valkey", { server: "lost", isListed: false }, [node()], "degraded", "lost", false],
    ["it lost its Valkey a moment ago", { server: "lost" }, [node()], "degraded", "lost", false],
    ["its API does not answer", { isListed: false }, [node()], "degraded", "no-api", false],
    ["only its API answers", { server: "silent" }, [node()], "degraded", "no-api", false],
    ["no gatekeeper reports", {}, [], "degraded", "no-door", false],
    ["all gatekeepers stopped reporting", {}, [node({ atMs: NOW - NOTE_IS_OLD_MS - 1 })], "degraded", "no-door", false],
    ["no LiveKit answers its gatekeeper", {}, [node({ isUp: false })], "degraded", "no-door", false],
    ["one of two nodes is gone", {}, [node(), node({ isUp: false })], "well", undefined, true],
    ["its clock is 30 s off", {}, [node({ clockMs: -30_000 })], "well", undefined, true],
    ["its clock is further off", {}, [node({ clockMs: 30_001 })], "degraded", "clocks", true],
    ["one of two clocks is far behind", {}, [node(), node({ clockMs: -45_000 })], "degraded", "clocks", true],
    ["at the limit of slowness", { tookMs: 1_000 }, [node()], "well", undefined, true],
    ["it is slow", { tookMs: 1_001 }, [node()], "degraded", "slow", true],
    ["every node is full", {}, [node({ load: 0.91 }), node({ load: 2 })], "degraded", "busy", true],
    ["one node has room", {}, [node({ load: 0.91 }), node()], "well", undefined, true],
  ])("%s", (_, change, notes, health, trouble, takesNewcomers) => {
    const judged = judgeSite(change && { ...well, ...change }, notes, NOW);
    expect(judged).toEqual({ health, ...(trouble && { trouble }), takesNewcomers });
  });
});

describe("[O4] a region is up while one of its sites takes participants", () => {
  const site = (health: Health, takesNewcomers = false) => ({ health, takesNewcomers });
  test.each([
    [[site("well", true), site("down")], "up"],
    [[site("degraded", true)], "up"],
    [[site("degraded"), site("down")], "down"],
    [[site("unknown"), site("down")], "down"],
    [[site("unknown"), site("unknown")], "unknown"],
  ])("%j is %s", (sites, expected) => {
    expect(judgeRegion(sites)).toBe(expected);
  });
});
