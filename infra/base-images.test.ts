import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../scripts/stack/paths.ts";
import { ALL_DOCKERFILES, DOCKERFILES, baseImagesIn, monitoringImages, pinned, readDigests } from "./base-images.ts";
import { REGIONS } from "./regions.ts";
import { readSettings } from "./settings.ts";
import { stageOf } from "./stage.ts";
import { type Graph, graphOf } from "./testing/graph.ts";
import { one } from "./testing/look.ts";
import { MONITORING_IMAGES } from "./versions.ts";

const settings = {
  VEET_DOMAIN: "meet.example.com",
  VEET_ZONE: "example.com",
  VEET_ALARM_EMAIL: "o@example.com",
  VEET_HOSTS_ALLOWED: "*",
};
const stage = (name: string) => stageOf(name, "meet.example.com", REGIONS);
const dockerfiles = ALL_DOCKERFILES.map((path) => readFileSync(join(ROOT, path), "utf8"));
const DIGEST = `sha256:${"d".repeat(64)}`;

test("[D60] the table lists every base image of the Dockerfiles and the monitoring images, and no other", () => {
  const used = new Set([...dockerfiles.flatMap(baseImagesIn), ...Object.values(MONITORING_IMAGES)]);
  expect(Object.keys(readDigests(ROOT)).toSorted()).toEqual([...used].toSorted());
});

test("[D60] every digest is well-formed, or empty until it has been looked up", () => {
  expect(Object.values(readDigests(ROOT)).filter((digest) => !/^(sha256:[0-9a-f]{64})?$/.test(digest))).toEqual([]);
});

test("[D60] stages and arguments of a Dockerfile are not images", () => {
  const text = `ARG VERSION=v1\nFROM --platform=$BUILDPLATFORM one/image:\${VERSION} AS build\nFROM build AS more\nFROM two:2\n`;
  expect(baseImagesIn(text)).toEqual(["one/image:v1", "two:2"]);
});

test("[D60] production is refused until each digest is known; a preview uses the tag", () => {
  const text = "FROM known:1\nFROM other/unknown:2\n";
  const digests = { "known:1": DIGEST, "other/unknown:2": "" };
  expect(() => pinned(stage("production"), text, digests)).toThrow(
    /no digest of other\/unknown:2: run `npm run base-images/,
  );
  expect(pinned(stage("try"), text, digests)).toEqual({ "known:1": { location: `docker-image://known@${DIGEST}` } });
});

test("[D152] monitoring in production is refused without digests; a preview uses the tag", () => {
  expect(() => monitoringImages(stage("production"), {})).toThrow(
    /no digest of prom\/prometheus:v[\d.]+, grafana\/grafana:/,
  );
  expect(monitoringImages(stage("try"), {})).toEqual(MONITORING_IMAGES);
  const digests = Object.fromEntries(Object.values(MONITORING_IMAGES).map((image) => [image, DIGEST]));
  expect(monitoringImages(stage("production"), digests).grafana).toBe(`grafana/grafana@${DIGEST}`);
});

test("[D152] AWS and one server run the same versions of Prometheus and Grafana", () => {
  const { services } = parse(readFileSync(join(ROOT, "compose.yaml"), "utf8"), { merge: true }) as {
    services: Record<string, { image: string }>;
  };
  for (const [name, image] of Object.entries(MONITORING_IMAGES)) expect(services[name]?.image).toBe(image);
});

let graph: Graph;
beforeAll(async () => {
  const { createPlatform } = await import("./platform.ts");
  const digests = new Proxy({}, { get: () => DIGEST });
  graph = await graphOf(() => void createPlatform("try", readSettings(settings), REGIONS, digests));
});

test("[D60] images are built from the digests in the table, not from the current tags", () => {
  const named = (name: string) => one(graph, "Image", name).inputs.context.named;
  for (const [image, path] of Object.entries(DOCKERFILES)) {
    const locations = named(`Image-${image}`);
    expect(Object.keys(locations)).toEqual(baseImagesIn(readFileSync(join(ROOT, path), "utf8")));
    for (const { location } of Object.values(locations))
      expect(location).toMatch(/^docker-image:\/\/[^:]+@sha256:d{64}$/);
  }
});
