import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { livekitConfig, type LiveKitPlan } from "./livekit-config.ts";
import { freePort, freeUdpPort } from "./ports.ts";
import { startProcess, waitUntil, type RunningProcess } from "./process.ts";

export type LiveKitOptions = Omit<LiveKitPlan, "signalPort" | "tcpPort" | "udpPort"> & {
  binary: string;
  /** Where its configuration goes, and its log unless that has a place of its own. */
  directory: string;
  log?: string;
  /** Where it listens, for those who were told before it does. */
  signalPort?: number;
};
export type RunningLiveKit = { url: string; apiUrl: string; signalPort: number; process: RunningProcess };

/** Starts a LiveKit server on free ports and waits until it answers. */
export async function startLiveKit({ binary, directory, log, ...options }: LiveKitOptions): Promise<RunningLiveKit> {
  const [freeTcpPort, tcpPort, udpPort] = await Promise.all([freePort(), freePort(), freeUdpPort()]);
  const signalPort = options.signalPort ?? freeTcpPort;
  const configFile = join(directory, "livekit.yaml");
  await mkdir(directory, { recursive: true });
  // The file holds the key pair.
  await writeFile(configFile, livekitConfig({ ...options, signalPort, tcpPort, udpPort }), { mode: 0o600 });

  const running = startProcess({
    name: "LiveKit",
    command: binary,
    args: ["--config", configFile],
    output: log ?? join(directory, "livekit.log"),
    // On SIGTERM it waits for everybody to leave, which nobody who pressed Ctrl-C wants.
    graceMs: 1_000,
  });
  const apiUrl = `http://127.0.0.1:${signalPort}`;
  await waitUntil(running, async () => (await fetch(apiUrl)).ok, 15_000);
  return { url: `ws://127.0.0.1:${signalPort}`, apiUrl, signalPort, process: running };
}
