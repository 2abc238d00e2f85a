import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, expect, test } from "vitest";
import { configuredSites, provideSites } from "#lib/shared-env.ts";
import { readGatekeeperEnv, siteOf } from "./env.ts";

const OWN = {
  GATEKEEPER_PORT: "0",
  GATEKEEPER_HOST: "127.0.0.1",
  GATEKEEPER_TARGET: "http://127.0.0.1:9",
  GATEKEEPER_SITE: "use1a",
  LIVEKIT_API_KEY: "key",
  LIVEKIT_API_SECRET: "s".repeat(32),
  UPSTASH_REDIS_REST_URL: "http://127.0.0.1:9",
  UPSTASH_REDIS_REST_TOKEN: "t",
};

let child: ChildProcess | undefined;
afterEach(() => child?.kill("SIGKILL"));

/** Starts the real process with these variables and no others. @returns its output up to the line, or all of it. */
async function start(variables: Record<string, string>, untilLine: string): Promise<string> {
  const args = ["--conditions=react-server", join(import.meta.dirname, "main.ts")];
  const started = spawn(process.execPath, args, {
    env: { NODE_ENV: "production", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child = started;
  const said: string[] = [];
  started.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  for await (const line of createInterface(started.stdout)) {
    said.push(line);
    if (line.includes(untilLine)) return said.join("\n");
  }
  if (started.exitCode === null && started.signalCode === null) await once(started, "exit");
  return said.join("\n");
}

test("[H58] a gatekeeper starts with its own variables and none of the web app", async () => {
  expect(await start(OWN, "gatekeeper.ready")).toContain("gatekeeper.ready");
}, 60_000);

test("[H58] a gatekeeper without its variables names each of them and ends", async () => {
  const said = await start({}, "gatekeeper.ready");
  for (const name of ["GATEKEEPER_TARGET", "LIVEKIT_API_KEY", "REDIS_URL"])
    expect(said).toContain(`${name}: is missing`);
  expect(said).not.toContain("NEXTAUTH");
}, 60_000);

test("[H58] a gatekeeper's one site is the one that it guards", () => {
  const before = configuredSites();
  provideSites([siteOf(readGatekeeperEnv(OWN))]);
  expect(configuredSites()).toEqual([
    {
      site: "use1a",
      region: "use1a",
      url: "ws://127.0.0.1:9",
      apiUrl: "http://127.0.0.1:9",
      apiKey: "key",
      apiSecret: OWN.LIVEKIT_API_SECRET,
    },
  ]);
  provideSites(before);
});
