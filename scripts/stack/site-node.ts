import { join } from "node:path";
import { startUdpPath, type UdpPath } from "../simulation/delay-proxy.ts";
import { startGatekeeper, type RunningGatekeeper } from "./gatekeeper.ts";
import { freeLiveKitPorts, startLiveKit, type LiveKitOptions, type RunningLiveKit } from "./livekit.ts";
import { freePort } from "./ports.ts";
import type { SitePlan } from "../simulation/site-plan.ts";

export type NodePlan = Omit<LiveKitOptions, "log" | "name" | "ports" | "behindIp"> & {
  name: string;
  site: string;
  /** The app's Redis, which the gatekeeper queries. */
  appRedis: { url: string; token: string };
  logs: string;
  distance: SitePlan["distance"];
};

/** One machine of a site: a LiveKit server and its gatekeeper, which start and end together. */
export type SiteNode = {
  name: string;
  /** Process ids of its LiveKit server and of its gatekeeper. They change with a restart. */
  pid: () => number;
  gatekeeperPid: () => number;
  /** Of the gatekeeper, of LiveKit and of media. They do not change. */
  ports: { gatekeeper: number; livekit: number; media: number };
  /** Its LiveKit server's metrics, if the site has several servers. */
  metricsUrl: string;
  /** The log files of both. */
  logs: { livekit: string; gatekeeper: string };
  isRunning: () => boolean;
  /** Resolves when one of the two ends in any way, with a sentence about it and its last output. */
  ended: () => Promise<{ sentence: string; lines: string }>;
  /** Freezes it: it keeps its connections and sends nothing. */
  pause: () => void;
  resume: () => void;
  /** Kills it like a power cut: no connection is closed cleanly. */
  kill: () => Promise<void>;
  /** Stops it as an update does: with SIGTERM. @returns whether it ended within the time, in milliseconds. */
  stop: (withinMs: number) => Promise<boolean>;
  /** Starts it, also after it was killed: on the same ports. */
  start: () => Promise<void>;
  /** The simulated path from the other region, if there is one. */
  media: UdpPath | undefined;
};

type Running = { livekit: RunningLiveKit; gatekeeper: RunningGatekeeper; ended: ReturnType<SiteNode["ended"]> };

const LOOPBACK = "127.0.0.1";
/**
 * The same ports as seen from the other region: media sent here is delayed by the distance. A server announces the address that is
 * right for the app's region; a browser that plays a participant in the other region uses the other one.
 */
export const ACROSS = "127.0.0.2";

/** Picks its addresses, so that others can know them before it runs. */
export async function prepareNode(plan: NodePlan): Promise<SiteNode> {
  const [livekitPorts, gatekeeperPort, metricsPort] = await Promise.all([freeLiveKitPorts(), freePort(), freePort()]);
  const metricsUrl = `http://${LOOPBACK}:${metricsPort}/metrics`;
  const ports = { gatekeeper: gatekeeperPort, livekit: livekitPorts.signalPort, media: livekitPorts.udpPort };
  const media = plan.distance && (await pathAcross(plan.distance.roundTripMs, ports.media));

  const logs = {
    livekit: join(plan.logs, `livekit-${plan.name}.log`),
    gatekeeper: join(plan.logs, `gatekeeper-${plan.name}.log`),
  };

  const run = async (): Promise<Running> => {
    const { name, site, appRedis, logs: _, distance, ...options } = plan;
    const apiUrl = `http://${LOOPBACK}:${ports.livekit}`;
    const [livekit, gatekeeper] = await Promise.all([
      startLiveKit({
        ...options,
        ...(distance && { nodeIp: distance.isAway ? ACROSS : LOOPBACK, behindIp: LOOPBACK }),
        name: `LiveKit ${name}`,
        log: logs.livekit,
        ports: livekitPorts,
        ...(plan.redis && { metricsPort }),
      }),
      startGatekeeper({
        livekit: { apiUrl, apiKey: plan.apiKey, apiSecret: plan.apiSecret },
        site,
        redis: appRedis,
        among:
          plan.redis === undefined
            ? undefined
            : {
                redisUrl: `redis://${plan.redis}`,
                metricsUrl,
              },
        log: logs.gatekeeper,
        port: ports.gatekeeper,
      }),
    ]);
    const both = [livekit.process, gatekeeper.process];
    const ended = Promise.race(
      both.map(async (running) => ({ sentence: await running.ended, lines: running.lastLines() })),
    );
    void ended.then(() => both.forEach((running) => running.signal("SIGKILL")));
    return { livekit, gatekeeper, ended };
  };
  let started: Running | undefined;
  const running = () => {
    if (!started) throw new Error(`${plan.name} was not started`);
    return started;
  };
  const signal = (name: NodeJS.Signals) => {
    for (const { process } of [running().livekit, running().gatekeeper]) process.signal(name);
  };
  return {
    name: plan.name,
    pid: () => running().livekit.process.pid,
    gatekeeperPid: () => running().gatekeeper.process.pid,
    ports,
    metricsUrl,
    logs,
    isRunning: () => !running().livekit.process.hasEnded(),
    ended: () => running().ended,
    pause: () => signal("SIGSTOP"),
    resume: () => signal("SIGCONT"),
    async kill() {
      signal("SIGKILL");
      await Promise.all([running().livekit.process.ended, running().gatekeeper.process.ended]);
    },
    stop: (withinMs) => stopWithin(running(), withinMs),
    async start() {
      started = await run();
    },
    media,
  };
}

/** SIGTERM, as Docker Compose stops a service, and SIGKILL after the time. */
async function stopWithin({ livekit, gatekeeper }: Running, withinMs: number): Promise<boolean> {
  const both = [livekit.process, gatekeeper.process];
  let isLate = false;
  for (const process of both) process.signal("SIGTERM");
  const late = setTimeout(() => {
    isLate = true;
    for (const process of both) process.signal("SIGKILL");
  }, withinMs);
  await Promise.all(both.map((process) => process.ended));
  clearTimeout(late);
  return !isLate;
}

function pathAcross(roundTripMs: number, port: number): Promise<UdpPath> {
  return startUdpPath({ address: ACROSS, port, server: { address: LOOPBACK, port }, roundTripMs });
}
