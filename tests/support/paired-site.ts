import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import { getLiveKit } from "../../scripts/provision/livekit-binary.ts";
import { stopAllProcesses } from "../../scripts/stack/process.ts";
import { requireRedis } from "../../scripts/provision/redis-binary.ts";
import { type RunningSite, startSites } from "../../scripts/stack/site.ts";

/** Runs a site of two real LiveKit servers with their directory in Redis for the tests of a file. @returns what gives it, in a test. */
export function usePairedSite(): () => RunningSite {
  let directory: string;
  let site: RunningSite | undefined;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "veet-pair-"));
    const means = {
      livekitBinary: await getLiveKit(),
      redisBinary: await requireRedis(),
      directory,
      logs: directory,
      secret: "pair-tests-only",
      appRedis: inject("redis"),
      webhookUrl: "http://127.0.0.1:9/",
      nodeIp: "127.0.0.1",
    };
    [site] = await startSites([{ site: "pair", region: "pair", nodes: 2, hasRedis: true }], means);
  }, 300_000);
  afterAll(async () => {
    await stopAllProcesses();
    await rm(directory, { recursive: true, force: true });
  });
  return () => {
    if (!site) throw new Error("No site was started");
    return site;
  };
}
