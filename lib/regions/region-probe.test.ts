import { expect, test } from "vitest";
import { probeTargets } from "#lib/regions/probe-targets.ts";
import { createRegionProbe } from "./region-probe.ts";

const site = (region: string, name: string) => ({ region, url: `wss://${name}.example` });

test.each([
  [[], []],
  [[site("use1", "a"), site("use1", "b")], []],
  [
    [site("use1", "a"), site("use1", "b"), site("euw1", "c")],
    ["use1 https://a.example/", "euw1 https://c.example/"],
  ],
])("[N99] measures one site of each region, if there are several regions: %j", (sites, expected) => {
  expect(probeTargets(sites).map(({ region, url }) => `${region} ${url}`)).toEqual(expected);
});

/** Regions with the time of each answer; a region whose times are used up does not answer. */
function scene(answers: Record<string, number[]>) {
  let nowMs = 0;
  let looks = 0;
  let run = () => {};
  const probe = createRegionProbe({
    now: () => nowMs,
    whenIdle: (next) => (run = next),
    async request(url) {
      looks += 1;
      const tookMs = answers[url]?.shift();
      if (tookMs === undefined) throw new Error("no answer");
      nowMs += tookMs;
    },
  });
  const targets = Object.keys(answers).map((url) => ({ region: url, url }));
  return {
    probe,
    targets,
    idle: async () => {
      run();
      await new Promise((done) => setTimeout(done));
    },
    looks: () => looks,
  };
}

test("[N99] takes the least of at most three round trips", async () => {
  const { probe, targets, idle, looks } = scene({ near: [90, 12.4, 15, 1] });
  probe.start(targets);
  probe.start(targets);
  expect(probe.rtts()).toEqual({});
  expect(looks()).toBe(0);
  await idle();
  expect(probe.rtts()).toEqual({ near: 12 });
  expect(looks()).toBe(3);
});

test("[N99] leaves out a region that does not answer, and keeps one that answered once", async () => {
  const { probe, targets, idle } = scene({ dead: [], flaky: [40] });
  probe.start(targets);
  await idle();
  expect(probe.rtts()).toEqual({ flaky: 40 });
});
