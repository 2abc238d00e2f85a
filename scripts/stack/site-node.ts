import { join } from "node:path";
import { startUdpPath, type UdpPath } from "./delay-proxy.ts";
import { startGatekeeper, type RunningGatekeeper } from "./gatekeeper.ts";
import { freeLiveKitPorts, startLiveKit, type LiveKitOptions, type RunningLiveKit } from "./livekit.ts";
import { freePort } from "./ports.ts";

export type NodePlan = Omit<LiveKitOptions, "log" | "name" | "ports" | "behindIp"> & {
  name: string;
  site: string;
  /** The app's Redis, which the gatekeeper asks. */
  appRedis: { url: string; token: string };
  logs: string;
  roundTripMs: number;
};

/** One machine of a site: a LiveKit server and the gatekeeper beside it, which live and die together. */
export type SiteNode = {
  name: string;
  /** Of its LiveKit server, and of its gatekeeper; others after a restart. */
  pid: () => number;
  gatekeeperPid: () => number;
  /** The gatekeeper's, LiveKit's own, and media's; they stay. */
  ports: { gatekeeper: number; livekit: number; media: number };
  /** Where the two write. */
  logs: { livekit: string; gatekeeper: string };
  isRunning: () => boolean;
  /** Settles when one of the two ends, however that comes, with a sentence about it and what it wrote last. */
  ended: () => Promise<{ sentence: string; lines: string }>;
  /** Freezes it: it keeps its connections and says nothing. */
  pause: () => void;
  resume: () => void;
  /** As if the power went: nobody is told anything. */
  kill: () => Promise<void>;
  /** Starts it again after it was killed, at the same ports. */
  restart: () => Promise<void>;
  /** What crossed the distance to it; a node next door has none. */
  media: UdpPath | undefined;
};

type Running = { livekit: RunningLiveKit; gatekeeper: RunningGatekeeper; ended: ReturnType<SiteNode["ended"]> };

/** Browsers are sent here when media has a distance to cross; LiveKit itself is at the address beside it. */
const DISTANT_IP = "127.0.0.2";
const LOOPBACK = "127.0.0.1";

export async function startNode(plan: NodePlan): Promise<SiteNode> {
  const [livekitPorts, gatekeeperPort] = await Promise.all([freeLiveKitPorts(), freePort()]);
  const ports = { gatekeeper: gatekeeperPort, livekit: livekitPorts.signalPort, media: livekitPorts.udpPort };
  const isDistant = plan.roundTripMs > 0;
  const media = isDistant ? await distance(plan.roundTripMs, ports.media) : undefined;

  const logs = {
    livekit: join(plan.logs, `livekit-${plan.name}.log`),
    gatekeeper: join(plan.logs, `gatekeeper-${plan.name}.log`),
  };

  const start = async (): Promise<Running> => {
    const { name, site, appRedis, logs: _logs, roundTripMs: _, ...options } = plan;
    const livekit = await startLiveKit({
      ...options,
      ...(isDistant && { nodeIp: DISTANT_IP, behindIp: LOOPBACK }),
      name: `LiveKit ${name}`,
      log: logs.livekit,
      ports: livekitPorts,
    });
    const gatekeeper = await startGatekeeper({
      livekit: { apiUrl: livekit.apiUrl, apiKey: plan.apiKey, apiSecret: plan.apiSecret },
      site,
      redis: appRedis,
      log: logs.gatekeeper,
      port: ports.gatekeeper,
    });
    const both = [livekit.process, gatekeeper.process];
    const ended = Promise.race(
      both.map(async (running) => ({ sentence: await running.ended, lines: running.lastLines() })),
    );
    void ended.then(() => both.forEach((running) => running.signal("SIGKILL")));
    return { livekit, gatekeeper, ended };
  };
  let running = await start();
  const signal = (name: NodeJS.Signals) => {
    for (const { process } of [running.livekit, running.gatekeeper]) process.signal(name);
  };
  return {
    name: plan.name,
    pid: () => running.livekit.process.pid,
    gatekeeperPid: () => running.gatekeeper.process.pid,
    ports,
    logs,
    isRunning: () => !running.livekit.process.hasEnded(),
    ended: () => running.ended,
    pause: () => signal("SIGSTOP"),
    resume: () => signal("SIGCONT"),
    async kill() {
      signal("SIGKILL");
      await Promise.all([running.livekit.process.ended, running.gatekeeper.process.ended]);
    },
    async restart() {
      running = await start();
    },
    media,
  };
}

function distance(roundTripMs: number, port: number): Promise<UdpPath> {
  return startUdpPath({ address: DISTANT_IP, port, server: { address: LOOPBACK, port }, roundTripMs });
}
