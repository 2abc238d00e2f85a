import { describe, expect, test } from "vitest";
import { byAge, nextLegName } from "./leg-name.ts";
import { distanceKm, roundTripMs, clientLocationOf } from "./nearness.ts";
import {
  type Site,
  type SiteStates,
  muchNearerSite,
  nearestLegs,
  orderSites,
  planOpening,
  planStandby,
} from "./placement.ts";

const VIRGINIA_A: Site = { site: "use1a", region: "use1" };
const VIRGINIA_B: Site = { site: "use1b", region: "use1" };
const IRELAND_A: Site = { site: "euw1a", region: "euw1" };
const IRELAND_B: Site = { site: "euw1b", region: "euw1" };
const SITES = [VIRGINIA_A, VIRGINIA_B, IRELAND_A, IRELAND_B];
const MADRID = { latitude: "40.4168", longitude: "-3.7038" };
const NOWHERE = { latitude: null, longitude: null };

const states = (
  change: { broken?: string[]; drained?: string[]; loads?: Record<string, number> } = {},
): SiteStates => ({
  broken: new Set(change.broken),
  drained: new Set(change.drained),
  loads: new Map(Object.entries(change.loads ?? {})),
});
const inMadrid = clientLocationOf(MADRID, {}, undefined, "use1");
const unknown = clientLocationOf(NOWHERE, {}, undefined, "use1");
const names = (sites: readonly Site[]) => sites.map(({ site }) => site);
const regions = (sites: readonly Site[]) => [...new Set(sites.map(({ region }) => region))];
const order = (clientLocation = unknown, change = {}) => orderSites(SITES, clientLocation, states(change), "s1");

describe("a user's location", () => {
  test.each([
    ["the measurement, even if the map says otherwise", MADRID, { use1: 5, euw1: 90 }, "eu-west-1", ["use1", "euw1"]],
    ["the map, if nothing was measured", MADRID, {}, "us-east-1", ["euw1", "use1"]],
    ["the location of the server that answers", NOWHERE, {}, "eu-west-1", ["euw1", "use1"]],
    ["the primary, when nothing is known", NOWHERE, {}, undefined, ["use1", "euw1"]],
    ["no forged value", { latitude: "1e9", longitude: "0; x" }, {}, undefined, ["use1", "euw1"]],
    ["no incomplete position", { latitude: "40", longitude: null }, {}, "us-east-1", ["use1", "euw1"]],
    ["positions on the globe only", { latitude: "91", longitude: "0" }, {}, "us-east-1", ["use1", "euw1"]],
  ] as const)("[G5] comes from %s", (_, geo, rtts, own, expected) => {
    const ordered = orderSites(SITES, clientLocationOf(geo, rtts, own, "use1"), states(), "s1");
    expect(regions(ordered)).toEqual(expected);
  });

  test("[G5] distances follow the great circle, also across the date line", () => {
    const [auckland, santiago] = [
      { latitude: -36.85, longitude: 174.76 },
      { latitude: -33.45, longitude: -70.67 },
    ];
    expect(distanceKm(auckland, santiago)).toBeGreaterThan(9_500);
    expect(distanceKm(auckland, santiago)).toBeLessThan(9_800);
    expect(distanceKm(auckland, auckland)).toBe(0);
  });

  test("[G5] a region without a known location comes last; once measured, its round trip counts", () => {
    expect(roundTripMs("cellar", inMadrid)).toBeGreaterThan(roundTripMs("use1", inMadrid));
    expect(roundTripMs("cellar", { ...inMadrid, rtts: { cellar: 3 } })).toBe(3);
    expect(roundTripMs("constructor", inMadrid)).toBe(roundTripMs("cellar", inMadrid));
  });
});

describe("which site of a region", () => {
  test("[G6] the least loaded; a site that does not report its load comes last", () => {
    expect(names(order(unknown, { loads: { use1a: 9, use1b: 2, euw1b: 40 } }))).toEqual([
      "use1b",
      "use1a",
      "euw1b",
      "euw1a",
    ]);
  });

  test("[G6] without known loads meetings spread over the sites, and each keeps its own", () => {
    const first = (session: string) => names(orderSites(SITES, unknown, states(), session))[0];
    const sessions = Array.from({ length: 200 }, (_, index) => `session-${index}`);
    const onA = sessions.filter((session) => first(session) === "use1a").length;
    expect(onA).toBeGreaterThan(70);
    expect(onA).toBeLessThan(130);
    expect(first("session-1")).toBe(first("session-1"));
  });
});

describe("opening", () => {
  const ordered = [VIRGINIA_A, VIRGINIA_B, IRELAND_A, IRELAND_B];
  test.each([
    ["home and standby in two regions", {}, ["use1a", "euw1a", "use1b"]],
    ["on another site, if there is one region", { broken: ["euw1a", "euw1b"] }, ["use1a", "use1b"]],
    ["not on a drained site", { drained: ["use1a", "euw1a"] }, ["use1b", "euw1b"]],
    ["alone, if one site is left", { broken: ["use1a", "euw1a", "euw1b"] }, ["use1b"]],
    ["on a drained site rather than nowhere", { drained: names(ordered) }, ["use1a", "euw1a", "use1b"]],
  ])("[G4] happens %s", (_, change, expected) => {
    expect(names(planOpening(ordered, states(change)))).toEqual(expected);
  });

  test("[G4] a laptop has one leg", () => {
    expect(names(planOpening([VIRGINIA_A], states()))).toEqual(["use1a"]);
  });
});

describe("another leg", () => {
  test.each([
    ["in a region without a leg, before a second site of one", [VIRGINIA_A], {}, ["euw1a", "euw1b", "use1b"]],
    ["never on a site that already has one", [VIRGINIA_A, IRELAND_A], {}, ["use1b", "euw1b"]],
    ["nowhere, if no other site works", [VIRGINIA_A], { broken: ["euw1a", "euw1b"], drained: ["use1b"] }, []],
  ])("[G4] is opened %s", (_, taken, change, expected) => {
    expect(names(planStandby(SITES, states(change), taken))).toEqual(expected);
  });

  const close = { at: undefined, rtts: { use1: 60, euw1: 20.5 } };
  const far = { at: undefined, rtts: { use1: 60, euw1: 20 } };
  test.each([
    ["from 40 ms on", [VIRGINIA_A], far, {}, "euw1a"],
    ["not below", [VIRGINIA_A], close, {}, undefined],
    ["not if a leg is there already", [VIRGINIA_A, IRELAND_B], far, {}, undefined],
    ["not on a broken site", [VIRGINIA_A], far, { broken: ["euw1a"] }, "euw1b"],
    ["not if there are three", [VIRGINIA_A, VIRGINIA_B, { site: "x", region: "apse2" }], far, {}, undefined],
  ])("[G7] is opened near a user who is far away: %s", (_, taken, clientLocation, change, expected) => {
    const ordered = [IRELAND_A, IRELAND_B, VIRGINIA_A, VIRGINIA_B];
    expect(muchNearerSite(ordered, states(change), taken, clientLocation)?.site).toBe(expected);
  });
});

describe("the home leg of a later participant", () => {
  const legs = [VIRGINIA_A, VIRGINIA_B, IRELAND_A];
  test.each([
    ["the nearest leg", inMadrid, {}, ["euw1a"]],
    ["one of those that are equally near", unknown, {}, ["use1a", "use1b"]],
    ["none on a site that is being drained", inMadrid, { drained: ["euw1a"] }, ["use1a", "use1b"]],
    ["a broken one, when all are", inMadrid, { broken: names(legs) }, ["euw1a"]],
  ])("[G5] is %s", (_, clientLocation, change, expected) => {
    expect(names(nearestLegs(legs, states(change), clientLocation))).toEqual(expected);
  });
});

test.each([
  [[], "a"],
  [["a"], "b"],
  [["b", "c"], "d"],
  [["z"], "aa"],
  [["z", "aa"], "ab"],
  [["az"], "ba"],
])("[G3] after %j comes the leg %s: no name is reused", (before, expected) => {
  expect(nextLegName(before)).toBe(expected);
});

test("[G3] legs are in the order of opening", () => {
  const legs = ["aa", "b", "z"].map((leg) => ({ leg }));
  expect(legs.toSorted(byAge)).toEqual(["b", "z", "aa"].map((leg) => ({ leg })));
});
