import { SIGNAL_MESSAGE_BYTES } from "../../infra/media/livekit-limits.ts";
import { forVersion } from "./livekit-version.ts";

export type LiveKitPlan = {
  /** Of the server that reads it: a LiveKit refuses settings it does not know. */
  version: string;
  region: string;
  signalPort: number;
  tcpPort: number;
  udpPort: number;
  /** The address media is sent to: loopback, or this machine's address on the LAN. */
  nodeIp: string;
  /** Where media really arrives, when some or all of it is handed on by something at another address. */
  behindIp?: string | undefined;
  /** `host:port` of the Redis that a site's nodes find each other through; a node on its own needs none. */
  redis?: string | undefined;
  /** Where it tells its figures, if anybody asks for them. */
  metricsPort?: number | undefined;
  apiKey: string;
  apiSecret: string;
  /** Where LiveKit reports who joined and left. */
  webhookUrl: string;
};

/** As in production: infra/media/livekit-config.ts says why. */
const NODE_SELECTOR = { kind: "cpuload", cpu_load_limit: 0.7, sort_by: "bytespersec", algorithm: "twochoice" };

/**
 * Gives the configuration of a LiveKit server on this machine, as production has it where that matters: rooms are
 * made by the app only, nobody is unmuted from afar, and sizes are bounded.
 *
 * Written as JSON, which is YAML too.
 */
export function livekitConfig(plan: LiveKitPlan): string {
  const isLoopback = plan.nodeIp.startsWith("127.");
  const { nodeIp, behindIp = nodeIp } = plan;
  const config = {
    port: plan.signalPort,
    // Signalling stays on loopback even with --lan: a TLS proxy is in front of it then.
    bind_addresses: ["127.0.0.1"],
    region: plan.region,
    rtc: {
      tcp_port: plan.tcpPort,
      udp_port: plan.udpPort,
      use_external_ip: false,
      node_ip: nodeIp,
      // Media listens on this address only, which also makes it work without any network.
      ips: { includes: [`${behindIp}/32`] },
      enable_loopback_candidate: isLoopback,
      // It answers and never asks: a browser it asked would find the way past what hands media on.
      use_ice_lite: plan.behindIp !== undefined,
    },
    ...(plan.redis && { redis: { address: plan.redis }, node_selector: NODE_SELECTOR }),
    ...(plan.metricsPort && { prometheus: { port: plan.metricsPort } }),
    keys: { [plan.apiKey]: plan.apiSecret },
    room: { auto_create: false, empty_timeout: 300, departure_timeout: 20, enable_remote_unmute: false },
    limit: {
      max_metadata_size: 8192,
      max_attributes_size: 8192,
      max_room_name_length: 64,
      max_participant_identity_length: 64,
      max_participant_name_length: 64,
      signal_message_size_limit: SIGNAL_MESSAGE_BYTES,
    },
    webhook: { api_key: plan.apiKey, urls: [plan.webhookUrl] },
    logging: { level: "warn" },
  };
  return JSON.stringify(forVersion(config, plan.version), undefined, 2);
}
