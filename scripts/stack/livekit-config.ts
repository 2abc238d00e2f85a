import { SIGNAL_MESSAGE_BYTES } from "../../infra/media/livekit-limits.ts";
import { forVersion } from "../provision/livekit-version.ts";

export type LiveKitPlan = {
  /** The version of the server: LiveKit refuses settings it does not know. */
  version: string;
  region: string;
  signalPort: number;
  tcpPort: number;
  udpPort: number;
  /** The address that media is sent to: loopback, or this machine's LAN address. */
  nodeIp: string;
  /** The address where media actually arrives, if a proxy at another address forwards it. */
  behindIp?: string | undefined;
  /** `host:port` of the Redis through which a site's nodes find each other; a single node needs none. */
  redis?: string | undefined;
  /** The port of its metrics, if they are needed. */
  metricsPort?: number | undefined;
  apiKey: string;
  apiSecret: string;
  /** Receives LiveKit's joined and left events. */
  webhookUrl: string;
};

/** As in production: infra/media/livekit-config.ts explains it. */
const NODE_SELECTOR = { kind: "cpuload", cpu_load_limit: 0.7, sort_by: "bytespersec", algorithm: "twochoice" };

/**
 * The configuration of a local LiveKit server. It equals production's where that matters: only the app creates rooms, no one can be
 * unmuted remotely, and sizes are limited.
 *
 * JSON, which is valid YAML.
 */
export function livekitConfig(plan: LiveKitPlan): string {
  const isLoopback = plan.nodeIp.startsWith("127.");
  const { nodeIp, behindIp = nodeIp } = plan;
  const config = {
    port: plan.signalPort,
    // Signalling stays on loopback even with --lan, behind a TLS proxy.
    bind_addresses: ["127.0.0.1"],
    region: plan.region,
    rtc: {
      tcp_port: plan.tcpPort,
      udp_port: plan.udpPort,
      use_external_ip: false,
      node_ip: nodeIp,
      // Media uses this address only, which also works without any network.
      ips: { includes: [`${behindIp}/32`] },
      enable_loopback_candidate: isLoopback,
      // With ICE lite the server only answers checks: a browser that it contacted would find a path around the proxy.
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
