import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../scripts/stack/paths.ts";
import { releaseNotes } from "../scripts/images/release-notes.ts";
import { releasePlan } from "../scripts/images/release-plan.ts";
import { RELEASED, type ReleasedImage, readDigests } from "./base-images.ts";
import { getShellcheck } from "./testing/shellcheck.ts";

const text = (path: string) => readFileSync(join(ROOT, path), "utf8");
type Service = {
  image: string;
  build?: { context: string; target?: string; dockerfile?: string };
  command?: string[];
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  healthcheck?: { test: string[] };
};
const services: Record<string, Service> = parse(text("compose.yaml"), { merge: true }).services;
const images = Object.keys(RELEASED) as ReleasedImage[];
const ours = Object.entries(services).filter(([, { build }]) => build);
const flagOf = ({ command = [] }: Service, flag: string) => command[command.indexOf(flag) + 1];

test("[D123] compose.yaml runs each released image by version, and can build the same image from the checkout", () => {
  const used = new Set(ours.map(([, { image }]) => image));
  const prefix = "${VEET_IMAGES:?is missing}/veet-";
  expect([...used].toSorted()).toEqual(
    images.map((name) => `${prefix}${name}:\${VEET_VERSION:?is missing}`).toSorted(),
  );
  for (const [name, { image, build }] of ours) {
    const { file, target } = RELEASED[image.slice(prefix.length).split(":$")[0] as ReleasedImage];
    expect([name, build?.dockerfile ?? "Dockerfile", build?.target ?? ""]).toEqual([name, file, target]);
  }
});

test("[D123] the version in the example is package.json's", () => {
  const { version } = JSON.parse(text("package.json")) as { version: string };
  expect(text("deploy/self-host.env.example")).toContain(`\nVEET_VERSION=v${version}\n`);
});

test("[D122] each of our programs has a read-only file system and no root rights", () => {
  for (const [name, service] of ours) {
    const { read_only, cap_drop, security_opt } = service;
    expect([name, read_only, cap_drop, security_opt]).toEqual([name, true, ["ALL"], ["no-new-privileges:true"]]);
  }
});

test("[D122] images run as an unprivileged user, except Caddy's, which can only bind ports", () => {
  const userOf = (file: string, target: string): string | undefined => {
    const stages = text(file).split(/^(?=FROM )/m);
    const stage = stages.find((each) => new RegExp(`^FROM .* AS ${target}$`, "m").test(each)) ?? "";
    const own = /^USER (.+)$/m.exec(stage)?.[1];
    const base = /^FROM (\S+)/m.exec(stage)?.[1] ?? "";
    return own ?? (stage.includes("FROM") && base !== target ? userOf(file, base) : undefined);
  };
  const unprivileged = images.filter((name) => name !== "caddy");
  for (const name of unprivileged)
    expect([name, userOf(RELEASED[name].file, RELEASED[name].target)]).toEqual([name, "65534:65534"]);
  expect(services.caddy).toMatchObject({ cap_add: ["NET_BIND_SERVICE"] });
});

test("[D122] every service in compose.yaml has a health check", () => {
  const without = Object.entries(services).filter(([, { healthcheck }]) => !healthcheck?.test.length);
  expect(without.map(([name]) => name)).toEqual([]);
});

test("[D120] the update script names every site, and ShellCheck finds nothing in it", async () => {
  const sites = Object.keys(services)
    .filter((name) => name.startsWith("livekit-"))
    .map((name) => name.slice(8));
  expect(/^for site in (.+); do$/m.exec(text("deploy/update.sh"))?.[1]?.split(" ")).toEqual(sites);
  const checked = spawnSync(await getShellcheck(), ["--severity=style", "deploy/update.sh"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(checked.stdout).toBe("");
  expect(checked.status).toBe(0);
});

test("[D124] each LiveKit has TURN over TLS on port 443 under its own name, and its own ports", () => {
  const caddyfile = text("deploy/Caddyfile");
  const taken: (string | undefined)[] = [];
  for (const site of ["a", "b"]) {
    const service = services[`livekit-${site}`];
    if (!service) throw new Error(`There is no livekit-${site}`);
    expect(flagOf(service, "--turn.domain")).toBe(`turn-${site}.\${VEET_RTC_DOMAIN}`);
    expect(caddyfile).toContain(
      `@turn-${site} tls sni turn-${site}.{$VEET_RTC_DOMAIN}\n\t\t\t\troute @turn-${site} {\n\t\t\t\t\ttls\n\t\t\t\t\tproxy livekit-${site}:5349\n`,
    );
    taken.push(...["--rtc.tcp_port", "--udp-port", "--turn.udp_port"].map((flag) => flagOf(service, flag)));
  }
  expect(caddyfile).toContain("\nturn-a.{$VEET_RTC_DOMAIN}, turn-b.{$VEET_RTC_DOMAIN} {\n");
  expect(taken).toEqual(["7881", "7882", "3478", "7883", "7884", "3479"]);
});

const FILES = {
  changelog: "# Changelog\n\n## Unreleased\n\n- Next.\n\n## 1.2.3 (2026-12-01)\n\n- New.\n\n## 1.2.2\n\n- Old.\n",
  packageVersion: "1.2.3",
  exampleVersion: "v1.2.3",
};

test("[D125] a release's notes are the changelog section of its version", () => {
  expect(releaseNotes("v1.2.3", FILES)).toBe("- New.\n");
});

test.each([
  ["1.2.3", FILES, "is not a version"],
  ["v1.2.4", FILES, "package.json has version 1.2.3"],
  ["v1.2.3", { ...FILES, exampleVersion: "v1.2.2" }, "VEET_VERSION=v1.2.2"],
  ["v1.2.3", { ...FILES, changelog: "# Changelog\n\n## Unreleased\n\n- New.\n" }, 'no section "## 1.2.3"'],
])("[D125] a release %s with inconsistent versions is refused: %#", (tag, files, sentence) => {
  expect(() => releaseNotes(tag, files)).toThrow(sentence);
});

test.each(images)("[D125] the release builds %s from base images by digest, and fails if one is missing", (image) => {
  const digests = Object.fromEntries(Object.keys(readDigests(ROOT)).map((name) => [name, `sha256:${"d".repeat(64)}`]));
  const plan = releasePlan(image, ROOT, digests);
  const { file, target } = RELEASED[image];
  expect(plan).toContain(`file=${file}\ntarget=${target}\ncontexts<<END\n`);
  expect(plan.match(/@sha256:d{64}$/gm)?.length).toBeGreaterThan(0);
  expect(() => releasePlan(image, ROOT, {})).toThrow("has no digest of");
});

test("[D125] the release publishes every image for both processors, signed by digest, after all tests pass", () => {
  const { on, jobs } = parse(text(".github/workflows/release.yml"));
  expect(on.push.tags).toEqual(["v[0-9]+.[0-9]+.[0-9]+"]);
  const { needs, permissions, strategy, steps } = jobs.images;
  expect([jobs.test.uses, needs]).toEqual(["./.github/workflows/ci.yml", ["notes", "test"]]);
  expect(permissions).toEqual({ contents: "read", packages: "write", "id-token": "write" });
  expect(strategy.matrix.image.toSorted()).toEqual(images.toSorted());
  const build = steps.find(({ id }: { id?: string }) => id === "build").with;
  expect(build).toMatchObject({ platforms: "linux/amd64,linux/arm64", push: true, sbom: true, provenance: "mode=max" });
  const sign = steps.at(-1);
  expect(sign.run).toBe('cosign sign --yes --recursive "$NAME@$DIGEST"');
  expect(sign.env.DIGEST).toBe("${{ steps.build.outputs.digest }}");
  expect(jobs.publish.needs).toBe("images");
});

test("[D125] build steps run on the build machine's own processor, whatever the target", () => {
  for (const { file } of Object.values(RELEASED)) {
    const stages = text(file)
      .split(/^(?=FROM )/m)
      .slice(1);
    const native = new Set<string>();
    for (const stage of stages) {
      const [, base = "", name = ""] = /^FROM (?:--platform=\$BUILDPLATFORM )?(\S+)(?: AS (\S+))?/.exec(stage) ?? [];
      if (stage.startsWith("FROM --platform=$BUILDPLATFORM ") || native.has(base)) native.add(name);
      else expect(stage).not.toMatch(/^RUN /m);
    }
  }
});
