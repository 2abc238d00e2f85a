import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { versionOf } from "../provision/livekit-binary.ts";
import { livekitConfig, type LiveKitPlan } from "./livekit-config.ts";
import { freePort, freeUdpPort } from "./ports.ts";
import { startProcess, waitUntil, type RunningProcess } from "./process.ts";

export type LiveKitPorts = Pick<LiveKitPlan, "signalPort" | "tcpPort" | "udpPort">;
export type LiveKitOptions = Omit<LiveKitPlan, keyof LiveKitPorts | "version"> & {
  binary: string;
  /** The folder for its configuration, and for its log unless that has its own path. */
  directory: string;
  log?: string;
  name?: string;
  /** Fixed ports, for a restart at an address that others know. */
  ports?: LiveKitPorts;
};
export type RunningLiveKit = { url: string; apiUrl: string; signalPort: number; process: RunningProcess };

export async function freeLiveKitPorts(): Promise<LiveKitPorts> {
  const [signalPort, tcpPort, udpPort] = await Promise.all([freePort(), freePort(), freeUdpPort()]);
  return { signalPort, tcpPort, udpPort };
}

/** Starts a LiveKit server and waits until it answers. */
export async function startLiveKit(options: LiveKitOptions): Promise<RunningLiveKit> {
  const { binary, directory, log = join(directory, "livekit.log"), name = "LiveKit", ports, ...plan } = options;
  const chosen = ports ?? (await freeLiveKitPorts());
  const configFile = join(directory, "livekit.yaml");
  await mkdir(directory, { recursive: true });
  // The file contains the key pair.
  await writeFile(configFile, livekitConfig({ ...plan, ...chosen, version: versionOf(binary) }), { mode: 0o600 });

  const running = startProcess({
    name,
    command: binary,
    args: ["--config", configFile],
    output: log,
    // On SIGTERM it waits for all participants to leave, which no developer wants after Ctrl-C.
    graceMs: 1_000,
  });
  const { signalPort } = chosen;
  const apiUrl = `http://127.0.0.1:${signalPort}`;
  await waitUntil(running, async () => (await fetch(apiUrl)).ok, 15_000);
  return { url: `ws://127.0.0.1:${signalPort}`, apiUrl, signalPort, process: running };
}
