import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { getLiveKit, versionOf } from "../scripts/provision/livekit-binary.ts";
import { forVersion } from "../scripts/provision/livekit-version.ts";
import { freePort, freeUdpPort } from "../scripts/stack/ports.ts";
import { ROOT } from "../scripts/stack/paths.ts";

type Service = { command: string[]; environment: { LIVEKIT_CONFIG: string } };
const service = (site: string): Service =>
  parse(readFileSync(join(ROOT, "compose.yaml"), "utf8"), { merge: true }).services[`livekit-${site}`];

let binary: string;
beforeAll(async () => {
  binary = await getLiveKit();
}, 300_000);

/** The configuration that Compose starts, without settings that this machine's LiveKit is too old for, and with free local ports. */
async function onThisMachine(site: string) {
  const [signal, turnTls] = await Promise.all([freePort(), freePort()]);
  const values: Record<string, string> = {
    "--node-ip": "127.0.0.1",
    "--rtc.tcp_port": String(await freePort()),
    "--udp-port": String(await freeUdpPort()),
    "--turn.udp_port": String(await freeUdpPort()),
    "--turn.domain": `turn-${site}.rtc.meet.example.com`,
  };
  const { command, environment } = service(site);
  const flags = command.map((word, index) => values[command[index - 1] ?? ""] ?? word);
  const text = environment.LIVEKIT_CONFIG.replace(/\$\{LIVEKIT_API_SECRET[^}]*\}/, "l".repeat(64));
  const config: Record<string, any> = forVersion(parse(text), versionOf(binary));
  Object.assign(config, { port: signal, bind_addresses: ["127.0.0.1"] });
  config.turn.tls_port = turnTls;
  return { flags, config, turnTls };
}

/** Sends a browser's first TURN request, as it arrives after Caddy has terminated TLS. @returns the type of the answer. */
async function askTurn(port: number): Promise<number> {
  const socket = connect(port, "127.0.0.1");
  const bindingRequest = Buffer.from(`00010000${"2112a442"}${"ab".repeat(12)}`, "hex");
  socket.write(bindingRequest);
  const [answer] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return answer.readUInt16BE(0);
}

test.each(["a", "b"])(
  "[D124] LiveKit starts with the settings of site %s, and its TURN server answers requests from Caddy",
  async (site) => {
    const { flags, config, turnTls } = await onThisMachine(site);
    const directory = mkdtempSync(join(tmpdir(), "veet-self-host-livekit-"));
    const child = spawn(binary, flags, {
      cwd: directory,
      env: { ...process.env, LIVEKIT_CONFIG: JSON.stringify(config) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
    const ended = once(child, "exit");
    try {
      await expect.poll(() => said + (child.exitCode ?? ""), { timeout: 30_000 }).toContain("starting LiveKit server");
      await expect.poll(() => askTurn(turnTls).catch(String), { timeout: 30_000 }).toBe(0x0101);
      const flag = (name: string) => Number(flags[flags.indexOf(name) + 1]);
      expect(said).toContain(`"turn.portTLS":${turnTls},"turn.externalTLS":true`);
      expect(said).toContain(`"turn.portUDP":${flag("--turn.udp_port")}`);
      expect(said).toContain(`"rtc.portTCP":${flag("--rtc.tcp_port")},"rtc.portUDP":{"Start":${flag("--udp-port")}`);
    } finally {
      child.kill("SIGKILL");
      await ended;
      rmSync(directory, { recursive: true });
    }
  },
);
