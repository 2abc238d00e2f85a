import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RoomServiceClient } from "livekit-server-sdk";
import { beforeAll, expect, test, vi } from "vitest";
import { getLiveKit, versionOf } from "../../scripts/provision/livekit-binary.ts";
import { forVersion } from "../../scripts/provision/livekit-version.ts";
import { freePort, freeUdpPort } from "../../scripts/stack/ports.ts";
import { stageOf } from "#infra/stage.ts";
import { livekitConfig } from "./livekit-config.ts";

const region = { code: "use1", awsRegion: "us-east-1", cidrOctet: 10, latitude: 0, longitude: 0, sitesPerZone: 1 };
const generated = () =>
  JSON.parse(
    livekitConfig({
      region,
      size: stageOf("production", "meet.example.com", [region]).media,
      redis: { host: "valkey.example", password: "p".repeat(48) },
      keys: [
        { apiKey: "veet-use1", apiSecret: "a".repeat(48) },
        { apiKey: "veet-use1-2", apiSecret: "b".repeat(48) },
      ],
      turnDomain: "turn-use1.rtc.meet.example.com",
      webhookUrl: "https://meet.example.com/api/livekit/webhook",
    }),
  );

let binary: string;
beforeAll(async () => {
  binary = await getLiveKit();
}, 300_000);

/**
 * The generated configuration without what exists only in the cloud (Valkey, its network) and settings that this machine's LiveKit
 * is too old for, with free local ports.
 */
async function onThisMachine(): Promise<Record<string, any>> {
  const [signal, tcp, udp, turn, turnTcp] = await Promise.all([
    freePort(),
    freePort(),
    freeUdpPort(),
    freeUdpPort(),
    freePort(),
  ]);
  const config: Record<string, any> = forVersion(generated(), versionOf(binary));
  delete config.redis;
  config.port = signal;
  config.bind_addresses = ["127.0.0.1"];
  Object.assign(config.rtc, { tcp_port: tcp, udp_port: udp, ips: { includes: ["127.0.0.1/32"] } });
  config.rtc.enable_loopback_candidate = true;
  Object.assign(config.turn, { udp_port: turn, tls_port: turnTcp });
  delete config.prometheus;
  return config;
}

type Use = (url: string, log: () => string) => Promise<void>;

/**
 * Starts LiveKit as the container does: configuration in the environment, address by flag.
 *
 * @param use - Runs once it answers.
 * @returns its health status, or its last output.
 */
async function boot(config: Record<string, any>, use?: Use): Promise<number | string> {
  const directory = mkdtempSync(join(tmpdir(), "veet-livekit-config-"));
  const child = spawn(binary, ["--node-ip", "127.0.0.1"], {
    cwd: directory,
    env: { ...process.env, LIVEKIT_CONFIG: JSON.stringify(config) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const ended = new Promise<string>((resolve) => child.on("exit", () => resolve(said)));
  const answered = (async () => {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${config.port}/`).catch(() => undefined);
      if (answer) {
        await use?.(`http://127.0.0.1:${config.port}`, () => said);
        return answer.status;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (child.exitCode !== null) return "ended";
    }
  })();
  const outcome = await Promise.race([answered, ended]);
  child.kill("SIGKILL");
  await ended;
  rmSync(directory, { recursive: true });
  return outcome === "ended" ? said : outcome;
}

test("[D25] LiveKit starts with the generated configuration", async () => {
  expect(await boot(await onThisMachine())).toBe(200);
});

test("[O44] LiveKit's log leaves out API calls, which the sweep makes all the time, and nothing else", async () => {
  const listRooms = (url: string) => new RoomServiceClient(url, "veet-use1", "a".repeat(48)).listRooms();
  const config = await onThisMachine();
  let log = "";
  const status = await boot(config, async (url, said) => {
    for (let call = 0; call < 5; call += 1) await listRooms(url);
    log = said();
  });
  expect(status).toBe(200);
  expect(log).toContain("starting LiveKit server");
  expect(log).not.toContain("RoomService.ListRooms");

  delete config.logging.component_levels;
  await boot(config, async (url, said) => {
    await listRooms(url);
    await vi.waitFor(() => expect(said()).toContain("API RoomService.ListRooms"), { timeout: 30_000 });
  });
});

test("[D25] LiveKit refuses an unknown name, so starting proves the configuration", async () => {
  const config = await onThisMachine();
  config.room.auto_craete = false;
  expect(await boot(config)).toMatch(/auto_craete/);
});

test("[D25] the Valkey settings are read: without a Valkey LiveKit reports an error", async () => {
  const config = { ...(await onThisMachine()), redis: { ...generated().redis, address: "127.0.0.1:9" } };
  expect(await boot(config)).toMatch(/redis|127\.0\.0\.1:9/i);
});

test("[D25] only the app creates rooms, no one can be unmuted remotely, webhooks are signed with the first key", () => {
  const { room, webhook, keys, rtc } = generated();
  expect(room).toMatchObject({ auto_create: false, enable_remote_unmute: false });
  expect([webhook.api_key, Object.keys(keys)]).toEqual(["veet-use1", ["veet-use1", "veet-use1-2"]]);
  expect([rtc.use_external_ip, rtc.port_range_start]).toEqual([false, undefined]);
});
