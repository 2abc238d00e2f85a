import { execFile, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseEnv, promisify } from "node:util";
import { parse } from "yaml";
import { startRedisRestBridge } from "../../../scripts/redis-rest-bridge.ts";
import { ROOT } from "../../../scripts/stack/paths.ts";
import { freePort } from "../../../scripts/stack/ports.ts";
import { findOnPath } from "../../../scripts/provision/program.ts";
import { requireRedis } from "../../../scripts/provision/redis-binary.ts";
import { connectTcpRedis } from "../../../scripts/stack/tcp-redis.ts";

export type Ran = { status: number | null; stdout: string; stderr: string };
export type RoomsByUser = Record<string, { code: string; title: string; access: string; expiresAtMs: number }[]>;
export type Machine = Awaited<ReturnType<typeof createMachine>>;

const { services } = parse(readFileSync(join(ROOT, "compose.yaml"), "utf8")) as {
  services: { redis: { command: string[] } };
};
const TOKEN = "r".repeat(64);

/** A server set up as docs/self-hosting.md says: this checkout's scripts, a folder for Redis' volume, and a fake Docker. */
export async function createMachine(settings?: string) {
  const directory = mkdtempSync(join(tmpdir(), "veet-machine-"));
  const data = join(directory, "redis-data");
  const envFile = join(directory, "deploy", "self-host.env");
  mkdirSync(data);
  for (const script of ["backup.sh", "restore.sh"])
    cpSync(join(ROOT, "deploy", script), join(directory, "deploy", script));
  cpSync(join(ROOT, "tests", "support", "backup", "docker"), join(directory, "bin", "docker"));
  if (settings !== undefined) writeFileSync(envFile, settings);
  const port = await freePort();
  const server = await requireRedis();
  const env = {
    NODE_ENV: "test" as const,
    PATH: `${join(directory, "bin")}:${process.env.PATH ?? ""}`,
    STAND_IN_PORT: String(port),
    STAND_IN_DATA: data,
    STAND_IN_SERVER: server,
    STAND_IN_CLI: findOnPath("redis-cli", "valkey-cli") ?? "redis-cli",
    STAND_IN_COMMAND: services.redis.command.slice(1).join(" "),
  };
  const run = (command: string, ...args: string[]): Ran =>
    spawnSync(command, args, { cwd: directory, env, encoding: "utf8" });
  const redis = (...args: string[]) => run(env.STAND_IN_CLI, "-p", String(port), ...args).stdout.trim();
  return {
    directory,
    data,
    envFile,
    run,
    redis,
    async startRedis(): Promise<void> {
      run("docker", "compose", "--env-file", "deploy/self-host.env", "up", "--detach", "--wait", "redis");
      for (let tries = 0; redis("ping") !== "PONG"; tries += 1) {
        if (tries > 300) throw new Error(readFileSync(join(directory, "redis.log"), "utf8"));
        await sleep(100);
      }
    },
    stopRedis: () => run(env.STAND_IN_CLI, "-p", String(port), "shutdown"),
    /** Opens rooms with these titles for each user, with this machine's settings. @returns all rooms of each user. */
    async rooms(titlesByUser: Record<string, string[]>): Promise<RoomsByUser> {
      const client = connectTcpRedis(port);
      await client.isUp();
      const bridge = await startRedisRestBridge(client, TOKEN);
      try {
        return await askProduct(parseEnv(readFileSync(envFile, "utf8")), bridge.url, JSON.stringify(titlesByUser));
      } finally {
        await bridge.close();
        client.disconnect();
      }
    },
  };
}

async function askProduct(settings: NodeJS.Dict<string>, url: string, wanted: string): Promise<RoomsByUser> {
  const env = { ...process.env, ...settings, UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: TOKEN };
  const script = join(ROOT, "tests", "support", "backup", "rooms-of.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=react-server", script, wanted], {
    cwd: ROOT,
    env,
  });
  return JSON.parse(stdout) as RoomsByUser;
}
